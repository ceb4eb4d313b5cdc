internal import Glibc

/// The machine's clocks. Everything that needs the time gets it as a closure, so that tests and the
/// simulator put their own in place.
package enum SystemClock {
    /// Milliseconds since 1970.
    package static func now() -> Int64 { read(CLOCK_REALTIME) }

    /// Milliseconds since some moment in the past; never goes back.
    package static func monotonic() -> Int64 { read(CLOCK_MONOTONIC) }

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }
}
