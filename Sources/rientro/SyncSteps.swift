import RientroClient
import Synchronization
import Terminal

/// Shows how far a call to the library has come, one line for each stage that takes over a second.
final class SyncSteps: Sendable {
    private let output: Output
    private let current = Mutex<(stage: SyncProgress.Stage, progress: Progress)?>(nil)

    /// Shows on the remarks of `output`.
    init(_ output: Output) { self.output = output }

    /// What the library calls.
    var report: @Sendable (SyncProgress) -> Void {
        { [self] step in advance(step) }
    }

    /// Wipes the line. Called when the work has ended, well or not.
    func finish() {
        current.withLock { current in
            current?.progress.finish()
            current = nil
        }
    }

    private func advance(_ step: SyncProgress) {
        current.withLock { current in
            if current?.stage != step.stage {
                current?.progress.finish()
                let total = step.total.flatMap { Int(exactly: $0) }
                current = (step.stage, output.progress(Self.label(step.stage), total: total))
            }
            current?.progress.advance(to: Int(clamping: step.done))
        }
    }

    private static func label(_ stage: SyncProgress.Stage) -> String {
        switch stage {
        case .enrolling: "asking the centre for a number"
        case .downloading: "fetching the portfolio, bytes"
        case .syncing: "syncing, commits"
        case .renumbering: "asking the centre for a new number"
        case .comparing: "comparing with the centre, tables"
        case .repairing: "mending rows"
        }
    }
}
