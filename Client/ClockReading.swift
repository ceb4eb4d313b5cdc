internal import Foundation
internal import RientroProtocol

/// What one exchange tells about this machine's clock. Milliseconds since 1970.
///
/// The centre's time was taken somewhere between sending and receiving, so the difference to the
/// middle is the offset, wrong by at most half the round trip. An exchange that was long (a slow
/// upload, a long poll) therefore disproves only an offset that lies outside of that.
struct ClockReading: Equatable {
    /// The centre's time minus this machine's.
    let measured: Int64
    /// How far `measured` may be from the truth.
    let uncertainty: Int64

    /// A reading of an exchange that ended at `received` by this machine's clock.
    init(centreTime: Int64, received: Int64, roundTrip: Duration) {
        let half = max(0, Self.milliseconds(roundTrip) / 2)
        uncertainty = half
        measured = Self.difference(centreTime, Self.difference(received, half))
    }

    /// The offset to go on with; nil where the exchange does not disprove the known one.
    func offset(known: Int64) -> Int64? {
        let distance = Self.difference(measured, known).magnitude
        return distance > UInt64(uncertainty) ? measured : nil
    }

    /// This machine's time.
    static func now() -> Int64 {
        let milliseconds = Date().timeIntervalSince1970 * 1000
        return milliseconds > 0 && milliseconds < 9e15 ? Int64(milliseconds) : 0
    }

    private static func milliseconds(_ duration: Duration) -> Int64 {
        let (seconds, attoseconds) = duration.components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        return overflow ? .max / 2 : whole / 1 + attoseconds / 1_000_000_000_000_000
    }

    private static func difference(_ a: Int64, _ b: Int64) -> Int64 {
        let (value, overflow) = a.subtractingReportingOverflow(b)
        return overflow ? (a > b ? .max : .min) : value
    }
}
