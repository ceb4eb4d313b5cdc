import RientroProtocol
import RientroSQLite
import RientroStore
import Testing

/// The machine's clock is moved by the offset in the identity row: SQL adds the two.
@Suite("Clocks may lie")
struct ClockTests {
    private static let lid = BoxFile.id("23")
    private static let now = "CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER)"

    private func file() throws -> BoxFile {
        let file = try BoxFile()
        try file.db.execute("INSERT INTO lid(id, box_id) VALUES ('\(Self.lid)', 'b')")
        return file
    }

    private func stamp(_ file: BoxFile) throws -> Stamp {
        try #require(
            Stamp(
                rawValue: try file.db.integer("SELECT coalesce(count_stamp, born_stamp) FROM lid")
                    ?? -1))
    }

    private func write(_ file: BoxFile) throws -> Stamp {
        try file.db.execute("UPDATE lid SET count = count + 1")
        return try stamp(file)
    }

    @Test(
        "a clock set back never makes a later write look older",
        arguments: [-1_000, -3_600_000, -86_400_000 * 365, -1_700_000_000_000, -9_000_000_000_000])
    func setBack(offset: Int64) throws {
        let file = try file()
        var last = try write(file)
        try file.db.run("UPDATE me SET \"offset\" = ?", .integer(offset))
        for _ in 0..<5 {
            let next = try write(file)
            #expect(next.milliseconds == last.milliseconds + 1)
            #expect(next.replica == 5)
            last = next
        }
    }

    @Test("a clock of 1970 writes no earlier than the centre's time at the last sync")
    func floor() throws {
        let file = try BoxFile()
        let floor: Int64 = 1_800_000_000_123
        try file.db.execute("UPDATE me SET \"offset\" = -\(Self.now), floor = \(floor)")
        try file.db.execute("INSERT INTO lid(id, box_id) VALUES ('\(Self.lid)', 'b')")
        #expect(try stamp(file) == Stamp(milliseconds: floor, replica: 5))
        #expect(try write(file) == Stamp(milliseconds: floor + 1, replica: 5))
    }

    @Test("a clock before 1970 and no floor gives stamps that are not negative")
    func beforeEpoch() throws {
        let file = try BoxFile()
        try file.db.execute("UPDATE me SET \"offset\" = -9000000000000")
        try file.db.execute("INSERT INTO lid(id, box_id) VALUES ('\(Self.lid)', 'b')")
        #expect(try stamp(file) == Stamp(milliseconds: 0, replica: 5))
        #expect(try write(file) == Stamp(milliseconds: 1, replica: 5))
    }

    @Test("after a clock that was ahead has been put right, writes still win over the earlier ones")
    func aheadAndBack() throws {
        let file = try file()
        try file.db.execute("UPDATE me SET \"offset\" = 31536000000")
        let ahead = try write(file)
        try file.db.execute("UPDATE me SET \"offset\" = 0")
        #expect(try write(file).milliseconds == ahead.milliseconds + 1)
        // Another register is not drawn along.
        try file.db.execute("UPDATE lid SET shape = 'round'")
        let shape = try #require(try file.db.integer("SELECT shape_stamp FROM lid"))
        #expect(shape < ahead.rawValue)
    }

    @Test("a clock past the end of stamps counts for nothing: floor and base go on")
    func pastTheEnd() throws {
        let file = try file()
        let floor: Int64 = 1_900_000_000_000
        try file.db.execute("UPDATE me SET \"offset\" = 8000000000000, floor = \(floor)")
        for number in 0..<3 as Range<Int64> {
            #expect(try write(file) == Stamp(milliseconds: floor + number, replica: 5))
        }
        try file.db.execute("UPDATE me SET \"offset\" = 0")
        #expect(try write(file).milliseconds == floor + 3)
        #expect(try file.db.integer("SELECT count FROM lid") == 3)
        #expect(try file.db.integer("SELECT count(*) FROM pending") == 5)
    }

    @Test("the latest that a clock says is a stamp of its own, and one millisecond more is not")
    func lastClock() throws {
        let file = try file()
        // SQL's clock goes on meanwhile: so a minute before, and a minute after.
        let now = try #require(try file.db.integer("SELECT \(Self.now)"))
        for (distance, isStamp) in [(-60_000, true), (60_000, false)] as [(Int64, Bool)] {
            let offset = Limits.clockMillisecondsMax + distance - now
            try file.put("UPDATE lid SET born_stamp = 0, count_stamp = NULL")
            try file.db.execute("UPDATE me SET \"offset\" = \(offset)")
            let wanted =
                isStamp
                ? Limits.clockMillisecondsMax - 60_000...Limits.clockMillisecondsMax
                : 0...120_000
            #expect(wanted.contains(try write(file).milliseconds))
        }
    }

    @Test("a floor past the end of stamps ends before it, and each write is later than the last")
    func farFloor() throws {
        let file = try file()
        try file.db.execute("UPDATE me SET floor = 9000000000000")
        for number in 0..<3 as Range<Int64> {
            let wanted = Limits.clockMillisecondsMax + number
            #expect(try write(file) == Stamp(milliseconds: wanted, replica: 5))
        }
        try file.db.execute("UPDATE me SET floor = 0")
        #expect(try write(file).milliseconds == Limits.clockMillisecondsMax + 3)
    }

    @Test("over the last of all stamps nothing is written, and just below it once more")
    func lastStamp() throws {
        let file = try file()
        let last = Stamp(milliseconds: Limits.stampMillisecondsMax, replica: 5)
        func stand(at milliseconds: Int64) throws {
            let stamp = Stamp(milliseconds: milliseconds, replica: 5).rawValue
            try file.put("UPDATE lid SET count_stamp = \(stamp)")
        }
        try stand(at: Limits.stampMillisecondsMax - 1)
        #expect(try write(file) == last)
        let error = #expect(throws: SQLiteError.self) { try write(file) }
        #expect(error?.message.contains("nothing can be later") == true)
        #expect(try stamp(file) == last)
        // A birth is over nothing, and other registers are not concerned.
        try file.db.execute("UPDATE lid SET shape = 'round'")
        try file.db.execute("INSERT INTO lid(box_id) VALUES ('b')")
    }

    @Test("a write over a merged stamp of another office is later, whatever its clock said")
    func overMerged() throws {
        let file = try file()
        let theirs = Stamp(milliseconds: 3_000_000_000_000, replica: 900)
        try file.merge([
            RowChange(
                table: 23, id: Self.lid,
                content: .record(
                    birth: nil,
                    writes: [
                        .init(register: 2, stamp: theirs, base: nil, values: [.null, .null]),
                        .init(register: 4, stamp: theirs, base: nil, values: [.integer(7)]),
                    ]))
        ])
        #expect(try write(file) == Stamp(milliseconds: theirs.milliseconds + 1, replica: 5))
        // The loser of this one is listed, so its base is kept.
        try file.db.execute("UPDATE lid SET held_on = '2026-01-31'")
        let base = try #require(
            try file.db.text("SELECT base FROM pending ORDER BY seq DESC LIMIT 1"))
        #expect(
            PendingEntry(registers: 2, base: base) == .writes([2: theirs.rawValue]))
    }

    @Test("a write to a row that came in while the triggers were gone has a stamp")
    func noStamps() throws {
        let file = try BoxFile()
        try file.put("INSERT INTO lid(id, box_id) VALUES ('\(Self.lid)', 'b')")
        #expect(try write(file).milliseconds > 1_700_000_000_000)
        try file.db.execute("UPDATE lid SET held_on = '2026-01-31'")
        let entries = try file.db.rows("SELECT registers, base FROM pending ORDER BY seq") {
            PendingEntry(registers: $0.integer(0), base: $0.optionalText(1))
        }
        #expect(entries == [.writes([4: nil]), .writes([2: nil])])
    }
}
