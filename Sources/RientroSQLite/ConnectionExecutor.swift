internal import Dispatch

/// Runs the jobs of one actor on a serial queue of its own, so that a blocking SQLite call never
/// stalls Swift's shared pool, which has only as many threads as the machine has cores.
///
/// The actor that owns a `Connection` names it as its `unownedExecutor` and keeps a strong
/// reference to it.
package final class ConnectionExecutor: SerialExecutor {
    private let queue: DispatchQueue

    /// An executor; `label` shows in debuggers.
    package init(label: String) { queue = DispatchQueue(label: label) }

    /// Takes a job of the actor to its queue; jobs run one after another, in the order they came.
    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    /// How the actor names this executor as its own. It keeps nothing alive.
    package func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }
}
