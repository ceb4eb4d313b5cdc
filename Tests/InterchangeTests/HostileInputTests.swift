import Foundation
import Interchange
import Portfolio
import Testing

/// A small generator with a seed, so that a failure can be run again.
private struct Dice: RandomNumberGenerator {
    var state: UInt64

    // SplitMix64 (Steele, Lea, Flood 2014).
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

@Suite("Hostile input")
struct HostileInputTests {
    private static let alphabet = Array(
        "0123456789,.;-+()/ '\"\r\n\tAEITZaeX€è\u{0}\u{FFFD}１".unicodeScalars)

    @Test("no text makes the readers of fields trap", arguments: [1, 2, 3] as [UInt64])
    func fields(seed: UInt64) {
        var dice = Dice(state: seed)
        var read = 0
        for _ in 0..<20_000 {
            var scalars = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...24, using: &dice) {
                scalars.append(Self.alphabet.randomElement(using: &dice) ?? "0")
            }
            let text = String(scalars)
            if (try? MinorUnits.parse(text, decimal: .comma, exponent: 2)) != nil { read += 1 }
            if (try? FileDate.parse(text, order: .dayFirst)) != nil { read += 1 }
            if PhoneNumber(text)?.e164 != nil { read += 1 }
            if CodiceFiscale.fault(in: text) == nil { read += 1 }
            if PartitaIVA.fault(in: text) == nil { read += 1 }
            if IBAN.fault(in: text) == nil { read += 1 }
            _ = MinorUnits.evidence(in: text)
            _ = FileDate.evidence(in: text)
        }
        // Some of it must be readable, or the alphabet tests nothing.
        #expect(read > 100)
    }

    @Test(
        "no file makes the inspection trap: it is read or refused",
        arguments: [1, 2, 3] as [UInt64])
    func files(seed: UInt64) throws {
        let sound =
            "lot_id;principal_code;case_ref;surname;item_ref;due_date;currency;open_amount;"
            + "notes\r\nL;E;C1;Rossi;I1;28/02/2026;EUR;1.234,50;\"a\r\nb\"\r\n"
            + "L;E;C2;Fo;I2;01/03/2026;EUR;5,00;\r\n"
            + "TOTALE;;;;;;;1.239,50;\r\n"
        var dice = Dice(state: seed)
        var outcomes: Set<Bool> = []
        for _ in 0..<150 {
            var bytes = Array(sound.utf8)
            for _ in 0..<Int.random(in: 1...6, using: &dice) {
                let at = Int.random(in: 0..<bytes.count, using: &dice)
                switch Int.random(in: 0...2, using: &dice) {
                case 0: bytes[at] = UInt8.random(in: 0...255, using: &dice)
                case 1: bytes.remove(at: at)
                default:
                    bytes.insert(contentsOf: [0x22, 0x3B, 0x0A].shuffled(using: &dice), at: at)
                }
            }
            let file = try FileOnDisk(bytes)
            guard let handOver = try? HandOver.inspect(path: file.path) else {
                outcomes.insert(false)
                continue
            }
            var rows = 0
            try handOver.forEachAccount { rows += $0.rows.count }
            #expect(rows == handOver.summary.goodRows)
            outcomes.insert(true)
        }
        #expect(outcomes == [true, false])
    }
}
