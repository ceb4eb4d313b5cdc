import RientroProtocol

/// What merging means, written from the design with dictionaries alone; it shares no code with the
/// store. It keeps every change that it was told and computes the rows anew each time.
struct MergeModel {
    struct Key: Hashable, Comparable {
        var table: Int
        var id: String
        static func < (a: Key, b: Key) -> Bool { (a.table, a.id) < (b.table, b.id) }
    }
    struct Register: Equatable {
        var stamp: Int64
        var values: [Value]
    }
    struct Row: Equatable {
        /// −1 for a ledger row.
        var born: Int64
        var fixed: [Value]
        var registers: [Int: Register]
    }
    /// What the model must know of a record table.
    struct Shape {
        var fixed: [Value]
        var registers: [Int: [Value]]
    }

    /// The defaults of the two record tables that the histories write, and of the ledger table.
    static let shapes: [Int: Shape] = [
        22: Shape(fixed: [.null], registers: [1: [.null], 2: [.null], 3: [.null, .text("cm")]]),
        23: Shape(
            fixed: [.null, .text("red")],
            registers: [1: [.null], 2: [.null, .null], 4: [.integer(-1)]]),
    ]

    private(set) var told: [RowChange] = []

    mutating func tell(_ change: RowChange) {
        if !told.contains(change) { told.append(change) }
    }

    /// The rows that are visible: those with a birth, and ledger rows.
    func rows() -> [Key: Row] {
        var births: [Key: [(stamp: Int64, fixed: [Value])]] = [:]
        var writes: [Key: [Int: [Register]]] = [:]
        var rows: [Key: Row] = [:]
        for change in told {
            let key = Key(table: change.table, id: change.id)
            switch change.content {
            case .ledger(let values):
                rows[key] = Row(born: -1, fixed: values, registers: [:])
            case .record(let birth, let written):
                guard let shape = Self.shapes[change.table] else { continue }
                for write in written {
                    guard let stamp = write.stamp ?? birth?.stamp else { continue }
                    writes[key, default: [:]][write.register, default: []].append(
                        Register(stamp: stamp.rawValue, values: write.values ?? []))
                }
                guard let birth else { continue }
                // What a birth does not say is born with its default.
                let fixed = birth.fixed + shape.fixed.dropFirst(birth.fixed.count)
                births[key, default: []].append((birth.stamp.rawValue, fixed))
                for (register, values) in shape.registers
                where !written.contains(where: { $0.register == register }) {
                    writes[key, default: [:]][register, default: []].append(
                        Register(stamp: birth.stamp.rawValue, values: values))
                }
            }
        }
        for (key, all) in births {
            guard
                let first = all.min(by: { a, b in
                    a.stamp != b.stamp
                        ? a.stamp < b.stamp : Self.isLess(b.fixed, a.fixed)
                })
            else { continue }
            var row = Row(born: first.stamp, fixed: first.fixed, registers: [:])
            for (register, all) in writes[key] ?? [:] {
                row.registers[register] = all.max { a, b in
                    a.stamp != b.stamp
                        ? a.stamp < b.stamp : Self.isLess(a.values, b.values)
                }
            }
            rows[key] = row
        }
        return rows
    }

    /// How many changes wait for the birth of their row.
    func waiting() -> Int {
        let rows = rows()
        return told.filter { rows[Key(table: $0.table, id: $0.id)] == nil }.count
    }

    /// Whether the first is less in deterministic CBOR.
    static func isLess(_ a: [Value], _ b: [Value]) -> Bool {
        bytes(a).lexicographicallyPrecedes(bytes(b))
    }

    /// RFC 8949, 4.2.1, for the small values of the histories.
    static func bytes(_ values: [Value]) -> [UInt8] {
        head(4, values.count)
            + values.flatMap { value -> [UInt8] in
                switch value {
                case .null: [0xF6]
                case .integer(let number):
                    number >= 0 ? head(0, Int(number)) : head(1, Int(-1 - number))
                case .text(let text): head(3, text.utf8.count) + Array(text.utf8)
                case .blob(let bytes): head(2, bytes.count) + bytes
                }
            }
    }

    private static func head(_ major: UInt8, _ argument: Int) -> [UInt8] {
        switch argument {
        case 0..<24: [major << 5 | UInt8(argument)]
        case 24..<256: [major << 5 | 24, UInt8(argument)]
        default: [major << 5 | 25, UInt8(argument >> 8), UInt8(argument & 255)]
        }
    }
}
