import Foundation
import Synchronization
import Testing

/// Runs the tests of a suite on threads of its own.
///
/// These tests wait for processes, which blocks a thread. On Swift's shared pool they would starve
/// the tests of every other module that run in the same process, and themselves all start at once.
struct OwnThreads: SuiteTrait, TestTrait, TestScoping {
    let isRecursive = true
    fileprivate let lanes: ThreadLanes

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        try await withTaskExecutorPreference(lanes) { try await function() }
    }
}

extension Trait where Self == OwnThreads {
    /// On threads of the suite's own, a few tests at a time.
    static var ownThreads: OwnThreads { OwnThreads(lanes: .shared) }
    /// The same, for suites that mostly wait for deadlines, so that they hold up no others.
    static var patientThreads: OwnThreads { OwnThreads(lanes: .patient) }
}

/// A few threads that take jobs in turn.
final class ThreadLanes: TaskExecutor {
    /// As many tests at a time: each starts two to five processes, of which most wait.
    static let shared = ThreadLanes(3)
    /// As many that mostly wait.
    static let patient = ThreadLanes(2)

    private let waiting = Mutex<[UnownedJob]>([])
    private let arrived = DispatchSemaphore(value: 0)

    private init(_ lanes: Int) {
        for lane in 0..<lanes {
            let thread = Thread { [self] in
                while true { runNext() }
            }
            thread.name = "end-to-end-\(lane)"
            thread.stackSize = 8 << 20
            thread.start()
        }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        waiting.withLock { $0.append(job) }
        arrived.signal()
    }

    private func runNext() {
        arrived.wait()
        let job = waiting.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        job?.runSynchronously(on: asUnownedTaskExecutor())
    }
}
