/// A hybrid clock reading that orders all writes of one register: 63 bits, milliseconds since 1970
/// in the upper 43, the writer's replica number in the lower 20.
///
/// Logical Physical Clocks (Kulkarni et al., 2014) in the narrow form that SQL triggers can
/// compute: `max(now + offset, floor, base + 1 ms)`, so a later write of a register is never
/// older than the one it overwrote, whatever the wall clock says. Two stamps of one register are
/// equal only between a file and its copy; the greater encoded value then wins.
package struct Stamp: Hashable, Comparable, Sendable {
    /// The stamp as it stands in SQL and on the wire: 0 to 2⁶³−1.
    package let rawValue: Int64

    /// A stamp from its parts, each cut to its range (`Limits.stampMillisecondsMax`,
    /// `Limits.replicaNumberMax`).
    package init(milliseconds: Int64, replica: Int64) {
        let time = min(max(milliseconds, 0), Limits.stampMillisecondsMax)
        let writer = min(max(replica, 0), Limits.replicaNumberMax)
        rawValue = time << 20 | writer
    }

    /// The stamp of a write made now: `max(clock, floor, base + 1 ms)`; nil where the base is the
    /// last of all times, so that nothing is later.
    ///
    /// A clock past `Limits.clockMillisecondsMax` begins again at 1970, and a floor ends there.
    package init?(clock: Int64, floor: Int64, after base: Stamp?, replica: Int64) {
        let next = (base?.milliseconds ?? -1) + 1
        guard next <= Limits.stampMillisecondsMax else { return nil }
        let time = clock % (Limits.clockMillisecondsMax + 1)
        self.init(
            milliseconds: max(time, min(floor, Limits.clockMillisecondsMax), next),
            replica: replica)
    }

    /// A stamp from its stored form; nil if the number is negative.
    package init?(rawValue: Int64) {
        guard rawValue >= 0 else { return nil }
        self.rawValue = rawValue
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    package var milliseconds: Int64 { rawValue >> 20 }

    /// The number of the replica that wrote; 0 is the centre.
    package var replica: Int64 { rawValue & Limits.replicaNumberMax }

    /// Whether `a` is older; at the same time the smaller replica number is.
    package static func < (a: Stamp, b: Stamp) -> Bool { a.rawValue < b.rawValue }
}
