import Foundation

/// How much memory a program has held at most, as the kernel counts it (`VmHWM`: pages that were
/// in memory at the same time, those of its own files too), and how much it may.
enum ProcessMemory {
    /// What `rientro` may hold whatever it syncs: ten times what it begins with. A message has 5
    /// MiB, a change-set 1 MiB, SQLite's caches 2 MiB each, and a window of rows is read ahead.
    static let officeBytesMax = 160 << 20
    /// What `rientro-server` may hold, with `HTTPLimits.heldBytesMax` of 256 MiB, those of its
    /// queues and what it begins with.
    static let serverBytesMax = 400 << 20

    /// The most that the process has held so far; 0 once it has ended.
    static func peak(_ pid: pid_t) -> Int {
        guard let text = try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
            let kibibytes = line.split(separator: " ").compactMap({ Int($0) }).first
        else { return 0 }
        return kibibytes << 10
    }

    /// Processor time that the process has used so far, in seconds.
    static func processorSeconds(_ pid: pid_t) -> Double {
        guard let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
            let rest = text.split(separator: ")").last
        else { return 0 }
        // Fields 14 and 15 of the line, in ticks; the first two stand before the parenthesis.
        let fields = rest.split(separator: " ")
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12])
        else { return 0 }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    static func text(_ bytes: Int) -> String { "\(bytes >> 20) MiB" }
}

extension Child {
    /// How many descriptors it has open.
    var descriptorCount: Int {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/fd").count) ?? 0
    }

    /// Waits for its end, and says what it has held at most, looked at every millisecond.
    func waitMeasured(seconds: Double) throws -> (end: End, peakBytes: Int) {
        let deadline = Date() + seconds
        var peak = 0
        while !hasEnded(), Date() < deadline {
            peak = max(peak, ProcessMemory.peak(pid))
            usleep(1_000)
        }
        return (try wait(seconds: 1), peak)
    }
}
