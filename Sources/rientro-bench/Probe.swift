import Dispatch
import Glibc

/// What one stretch of work took, as the kernel counted it for this process.
struct Sample {
    /// Wall time, in seconds.
    var seconds: Double
    /// CPU time of user and system together, in seconds.
    var cpu: Double
    /// Bytes given to `write` and its kin, whether or not they have reached a disk: it counts on
    /// tmpfs too, where the kernel has no disk to count for.
    var written: Double
    /// How far the resident memory rose above where it was, at its peak, in bytes.
    var memory: Double

    /// Both one after the other: times and bytes add up, memory is the greater.
    static func + (a: Sample, b: Sample) -> Sample {
        Sample(
            seconds: a.seconds + b.seconds, cpu: a.cpu + b.cpu, written: a.written + b.written,
            memory: max(a.memory, b.memory))
    }

    static let none = Sample(seconds: 0, cpu: 0, written: 0, memory: 0)
}

/// Measures a stretch of work from within (proc(5): `io`, `status`, `clear_refs`).
enum Probe {
    static func measure(_ body: () throws -> Void) rethrows -> Sample {
        let before = resident()
        forgetPeak()
        let written = bytesWritten()
        let cpu = processorSeconds()
        let start = DispatchTime.now().uptimeNanoseconds
        try body()
        let end = DispatchTime.now().uptimeNanoseconds
        return Sample(
            seconds: Double(end - start) / 1e9, cpu: processorSeconds() - cpu,
            written: bytesWritten() - written, memory: max(0, peak() - before))
    }

    /// Ours and plain's, one after the other; which comes first changes from pair to pair, so that
    /// neither always finds the machine warm.
    static func take(
        _ ours: () throws -> Void, _ plain: () throws -> Void, isOursFirst: Bool
    ) throws -> (ours: Sample, plain: Sample) {
        if isOursFirst {
            let sample = try measure(ours)
            return (sample, try measure(plain))
        }
        let sample = try measure(plain)
        return (try measure(ours), sample)
    }

    /// Measures work that waits for others. CPU time and memory are of this process.
    static func measure(awaiting body: () async throws -> Void) async rethrows -> Sample {
        let before = resident()
        forgetPeak()
        let written = bytesWritten()
        let cpu = processorSeconds()
        let start = DispatchTime.now().uptimeNanoseconds
        try await body()
        let end = DispatchTime.now().uptimeNanoseconds
        return Sample(
            seconds: Double(end - start) / 1e9, cpu: processorSeconds() - cpu,
            written: bytesWritten() - written, memory: max(0, peak() - before))
    }

    static func processorSeconds() -> Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        func seconds(_ time: timeval) -> Double {
            Double(time.tv_sec) + Double(time.tv_usec) / 1e6
        }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }

    /// The highest resident memory of this process since it was last forgotten, in bytes.
    static func peak() -> Double { 1024 * field("VmHWM:", of: "/proc/self/status") }

    static func resident() -> Double { 1024 * field("VmRSS:", of: "/proc/self/status") }

    /// Makes the present resident memory the highest.
    static func forgetPeak() {
        // What an earlier stretch left free would hide growth of this one.
        _ = trim?(0)
        guard let file = fopen("/proc/self/clear_refs", "w") else { return }
        fputs("5", file)
        fclose(file)
    }

    /// glibc's `malloc_trim`, which Swift's module of glibc leaves out.
    private static let trim = dlsym(nil, "malloc_trim").map {
        unsafeBitCast($0, to: (@convention(c) (Int) -> CInt).self)
    }

    private static func bytesWritten() -> Double { field("wchar:", of: "/proc/self/io") }

    private static func field(_ name: String, of path: String) -> Double {
        guard let file = fopen(path, "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        while fgets(&line, Int32(line.count), file) != nil {
            let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
            guard text.hasPrefix(name) else { continue }
            return text.dropFirst(name.count).split(whereSeparator: \.isWhitespace).first
                .flatMap { Double($0) } ?? 0
        }
        return 0
    }
}
