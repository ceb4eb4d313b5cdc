import Glibc

/// A point on the machine's steady clock, in milliseconds. Decisions take it as an argument, so
/// that they can be tested with moments made by hand.
struct Moment: Comparable, Sendable {
    var milliseconds: Int64

    static func < (one: Moment, other: Moment) -> Bool { one.milliseconds < other.milliseconds }

    /// The moment so many milliseconds later; the end of time if that is beyond it.
    static func + (moment: Moment, milliseconds: Int64) -> Moment {
        let (sum, overflow) = moment.milliseconds.addingReportingOverflow(milliseconds)
        return Moment(milliseconds: overflow ? .max : sum)
    }

    /// The present moment.
    static func now() -> Moment {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Moment(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }
}
