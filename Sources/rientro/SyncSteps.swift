import Foundation
import RientroClient
import Synchronization
import Terminal

/// Shows how far a call to the library has come, one line for each stage that takes over a second;
/// and on a terminal, after a few seconds without an answer, what is waited for and until when.
final class SyncSteps: Sendable {
    /// Silence that a person takes for an ordinary line, in seconds.
    static let silenceSeconds: TimeInterval = 3

    private struct Shown {
        var stage: SyncProgress.Stage
        var progress: Terminal.Progress
    }

    private struct Question {
        let asked: SyncProgress.Asked
        let at: Date
        var progress: Terminal.Progress?
    }

    private struct State {
        var shown: Shown?
        var question: Question?
    }

    private let output: Output
    private let state = Mutex(State())
    private let ticker = Mutex<Task<Void, Never>?>(nil)

    /// Shows on the remarks of `output`.
    init(_ output: Output) {
        self.output = output
        guard output.progress("", total: nil).isWatched else { return }
        let task = Task.detached { [weak self] in
            while !Task.isCancelled {
                try? await Task.sleep(for: .milliseconds(500))
                self?.tick(now: Date())
            }
        }
        ticker.withLock { $0 = task }
    }

    /// What the library calls.
    var report: @Sendable (SyncProgress) -> Void {
        { [self] step in advance(step) }
    }

    /// Wipes the line. Called when the work has ended, well or not.
    func finish() {
        ticker.withLock { $0?.cancel() }
        state.withLock { state in
            state.question?.progress?.finish()
            state.shown?.progress.finish()
            state = State()
        }
    }

    private func advance(_ step: SyncProgress) {
        state.withLock { state in
            state.question?.progress?.finish()
            state.question = step.asked.map { Question(asked: $0, at: Date()) }
            guard step.stage != .asking else { return }
            if state.shown?.stage != step.stage {
                state.shown?.progress.finish()
                let total = step.total.flatMap { Int(exactly: $0) }
                state.shown = Shown(
                    stage: step.stage,
                    progress: output.progress(Self.label(step.stage), total: total))
            }
            state.shown?.progress.advance(to: Int(clamping: step.done))
        }
    }

    /// Says what is waited for, where that takes long.
    private func tick(now: Date) {
        state.withLock { state in
            guard var question = state.question else { return }
            let silence = now.timeIntervalSince(question.at)
            guard silence >= Self.silenceSeconds else { return }
            if question.progress == nil { state.shown?.progress.finish() }
            let progress =
                question.progress
                ?? output.progress(Self.words(question.asked, since: question.at), total: nil)
            progress.advance(to: Int(silence))
            question.progress = progress
            state.question = question
        }
    }

    private static func words(_ asked: SyncProgress.Asked, since start: Date) -> String {
        let end = Moments.clock(start.addingTimeInterval(TimeInterval(asked.patienceSeconds)))
        return asked.waitSeconds > 0
            ? "waiting for news from \(asked.address), until \(end) at the latest, seconds"
            : "\(asked.address) has not answered yet, waiting until \(end), seconds"
    }

    private static func label(_ stage: SyncProgress.Stage) -> String {
        switch stage {
        case .enrolling: "asking the centre for a number"
        case .downloading: "fetching the portfolio, bytes"
        case .syncing: "syncing, commits"
        case .renumbering: "asking the centre for a new number"
        case .comparing: "comparing with the centre, tables"
        case .repairing: "mending rows"
        case .asking: "waiting for the centre"
        }
    }
}
