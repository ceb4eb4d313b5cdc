import RientroProtocol
import Testing

@Suite("Stamps and dates")
struct StampTests {
    private static let clockMax = Limits.clockMillisecondsMax
    private static let lastMax = Limits.stampMillisecondsMax

    @Test("a stamp is the time in the upper bits and the replica in the lower 20")
    func parts() {
        let stamp = Stamp(milliseconds: 3, replica: 5)
        #expect(stamp.rawValue == 3 * 1_048_576 + 5)
        #expect(stamp.milliseconds == 3)
        #expect(stamp.replica == 5)
    }

    @Test("parts out of range are cut to it")
    func cut() {
        #expect(Stamp(milliseconds: .max, replica: .max).rawValue == .max)
        #expect(Stamp(milliseconds: .min, replica: .min).rawValue == 0)
        #expect(Stamp(milliseconds: 1 << 43, replica: 0).milliseconds == (1 << 43) - 1)
        #expect(Stamp(milliseconds: 0, replica: 1 << 20).replica == (1 << 20) - 1)
    }

    @Test(
        "a write's stamp is the clock's, the floor, or the next after its base; each ends in time",
        arguments: [
            (7, 0, nil, 7), (7, 8, nil, 8), (7, 0, 6, 7), (7, 0, 7, 8), (7, 9, 900, 901),
            (-5, 0, nil, 0), (-5, 2, 3, 4),
            (clockMax, 0, nil, clockMax), (clockMax + 1, 0, nil, 0), (clockMax + 8, 3, nil, 7),
            (0, clockMax, nil, clockMax), (0, clockMax + 1, nil, clockMax),
            (0, .max, nil, clockMax),
            (0, .max, clockMax, clockMax + 1), (0, 0, lastMax - 1, lastMax), (0, 0, lastMax, nil),
        ] as [(Int64, Int64, Int64?, Int64?)])
    func next(clock: Int64, floor: Int64, base: Int64?, wanted: Int64?) {
        let base = base.map { Stamp(milliseconds: $0, replica: 9) }
        let stamp = Stamp(clock: clock, floor: floor, after: base, replica: 5)
        #expect(stamp == wanted.map { Stamp(milliseconds: $0, replica: 5) })
    }

    @Test("a negative number is no stamp", arguments: [Int64.min, -1])
    func negative(number: Int64) {
        #expect(Stamp(rawValue: number) == nil)
    }

    @Test("the later time is greater, and the greater replica at the same time")
    func order() {
        #expect(Stamp(milliseconds: 1, replica: 900) < Stamp(milliseconds: 2, replica: 1))
        #expect(Stamp(milliseconds: 2, replica: 1) < Stamp(milliseconds: 2, replica: 2))
        #expect(!(Stamp(milliseconds: 2, replica: 2) < Stamp(milliseconds: 2, replica: 2)))
    }

    @Test("the dates that exist for Python's datetime exist, and no others")
    func dates() throws {
        let answers = try Answers.read()
        let exist = answers.datesThatExist.split(separator: " ").map(String.init)
        let not = answers.datesThatDoNot.split(separator: " ").map(String.init)
        #expect(exist.count > 150)
        #expect(not.count > 150)
        for date in exist { #expect(LocalDate.isValid(date), "\(date)") }
        for date in not { #expect(!LocalDate.isValid(date), "\(date)") }
    }

    @Test(
        "a date written another way is none",
        arguments: [
            "", "2024-1-01", "2024-01-1", "20240101", "2024/01/01", "01-01-2024", "2024-01-01 ",
            " 2024-01-01", "2024-01-01T00", "-024-01-01", "2024-+1-01", "２０２４-01-01", "202a-01-01",
            "0000-01-01",
        ])
    func shapes(text: String) {
        #expect(!LocalDate.isValid(text))
    }
}
