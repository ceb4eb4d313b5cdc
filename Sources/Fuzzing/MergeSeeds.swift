import RientroProtocol

/// Contents for `MergeCheck`: each is one thing that an office may send, or should not.
enum MergeSeeds {
    private static let person = Unit(table: 11, id: MergeCentre.person)
    private static let matter = Unit(table: 12, id: MergeCentre.matter)
    private static let stranger = Unit(table: 12, id: MergeCentre.otherMatter)
    private static let made = "01890000-0000-7000-8000-0000000000d1"
    private static let late = "01890000-0000-7000-8000-0000000000d2"

    private static func stamp(_ milliseconds: Int64) -> Stamp {
        Stamp(milliseconds: MergeCentre.now + milliseconds, replica: 1)
    }

    private static func paid(_ id: String, _ matter: String, _ amount: Int64) -> RowChange {
        RowChange(
            table: 14, id: id, content: .ledger([.text(matter), .integer(amount), .text("cash")]))
    }

    private static func write(
        _ table: Int, _ id: String, _ register: Int, _ values: [Value]?, at milliseconds: Int64 = 1,
        base: Stamp? = nil
    ) -> RowChange {
        RowChange(
            table: table, id: id,
            content: .record(
                birth: nil,
                writes: [
                    RegisterWrite(
                        register: register, stamp: stamp(milliseconds), base: base, values: values)
                ]))
    }

    private static func phone(_ id: String, of person: String) -> RowChange {
        RowChange(
            table: 13, id: id,
            content: .record(
                birth: Birth(stamp: stamp(0), fixed: [.text(person)]),
                writes: [
                    RegisterWrite(register: 1, stamp: nil, base: nil, values: [.text("2")]),
                    RegisterWrite(register: 2, stamp: nil, base: nil, values: [.null]),
                ]))
    }

    static let contents: [[UInt8]] = [
        [],
        [UnitChanges(unit: matter, rows: [paid(made, matter.id, 100)])],
        [UnitChanges(unit: matter, rows: [paid(made, matter.id, 100), paid(made, matter.id, 9)])],
        [UnitChanges(unit: stranger, rows: [paid(made, stranger.id, 100)])],
        [UnitChanges(unit: matter, rows: [paid(made, stranger.id, 100)])],
        [
            UnitChanges(
                unit: matter,
                rows: [
                    RowChange(
                        table: 15, id: late, content: .ledger([.text(made), .blob([1])])),
                    paid(made, matter.id, -5),
                ])
        ],
        [UnitChanges(unit: matter, rows: [write(12, matter.id, 2, [.text("court")])])],
        [UnitChanges(unit: matter, rows: [write(12, matter.id, 1, [.text("PZ")])])],
        [UnitChanges(unit: person, rows: [write(11, person.id, 2, [.text("Via"), .null])])],
        [UnitChanges(unit: person, rows: [write(11, person.id, 2, [.text("Via")])])],
        [UnitChanges(unit: person, rows: [write(11, person.id, 2, nil)])],
        [
            UnitChanges(
                unit: person,
                rows: [
                    write(11, person.id, 1, [.text("Bianchi")], at: 9_000_000, base: stamp(-5))
                ])
        ],
        [UnitChanges(unit: person, rows: [phone(made, of: person.id)])],
        [UnitChanges(unit: person, rows: [phone(MergeCentre.phone, of: MergeCentre.otherPerson)])],
        [UnitChanges(unit: person, rows: [write(13, MergeCentre.phone, 1, [.text("3")])])],
        [UnitChanges(unit: .everyone, rows: [write(10, "L1", 1, [.text("x")])])],
        [
            UnitChanges(unit: matter, rows: [paid(made, matter.id, 100)]),
            UnitChanges(unit: person, kind: .grant, rows: [phone(late, of: person.id)]),
        ],
        [
            UnitChanges(unit: matter, rows: [paid(made, matter.id, 100)]),
            UnitChanges(unit: person, kind: .revocation, rows: []),
        ],
        [
            UnitChanges(unit: matter, rows: [paid(made, matter.id, 100)]),
            UnitChanges(unit: stranger, kind: .grant, rows: []),
        ],
        [UnitChanges(unit: person, rows: [write(99, made, 1, [.integer(1)])])],
    ].map(UnitChanges.encode)
}
