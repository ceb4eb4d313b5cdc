internal import Foundation
package import RientroProtocol
internal import Synchronization

/// The schema as JSON: what `init --schema FILE` reads, and what an office gets when it enrols.
extension Schema {
    /// A schema from its JSON. Throws `StoreError.badSchema` with the path where it is not
    /// readable, and `SchemaError` where it breaks a rule.
    ///
    /// The last one that was read is remembered: a server opens five connections, each of which
    /// reads it, and reading it takes longer than opening the file.
    package init(json: [UInt8]) throws {
        if let known = Self.lastRead.withLock({ $0?.json == json ? $0?.schema : nil }) {
            self = known
            return
        }
        try self.init(reading: json)
        let made = self
        Self.lastRead.withLock { $0 = (json, made) }
    }

    private static let lastRead = Mutex<(json: [UInt8], schema: Schema)?>(nil)

    private init(reading json: [UInt8]) throws {
        let form: SchemaForm
        do {
            form = try JSONDecoder().decode(SchemaForm.self, from: Data(json))
        } catch let error as DecodingError {
            throw StoreError.badSchema(error.sentence)
        }
        try self.init(
            name: form.name, version: form.version,
            tables: try form.tables.map { try $0.table() },
            views: (form.views ?? []).map { View(name: $0.name, select: $0.select) },
            indexes: (form.indexes ?? []).map { Index(table: $0.table, columns: $0.columns) },
            codes: form.codes.map { CodeSource(table: $0.table, list: $0.list, code: $0.code) })
    }

    /// The schema as JSON, the same bytes every time.
    package func json() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(SchemaForm(self)))
    }
}

/// The shape of the JSON. Keys are the names of the Swift properties.
struct SchemaForm: Codable {
    struct ViewForm: Codable { var name, select: String }
    struct IndexForm: Codable {
        var table: String
        var columns: [String]
    }
    struct CodesForm: Codable { var table, list, code: String }

    var name: String
    var version: Int
    var tables: [TableForm]
    var views: [ViewForm]?
    var indexes: [IndexForm]?
    var codes: CodesForm?

    init(_ schema: Schema) {
        name = schema.name
        version = schema.version
        tables = schema.tables.map(TableForm.init)
        views = schema.views.map { ViewForm(name: $0.name, select: $0.select) }
        indexes = schema.indexes.map { IndexForm(table: $0.table, columns: $0.columns) }
        codes = schema.codes.map { CodesForm(table: $0.table, list: $0.list, code: $0.code) }
    }
}

struct TableForm: Codable {
    struct RoutingForm: Codable {
        struct Link: Codable { var table, column: String }
        var portfolio: String?
        var parent: Link?
        var children: Link?
        var everyone: Bool?
    }
    struct RegisterForm: Codable {
        var number: Int
        var name: String
        var columns: [String]?
        var rule: String?
        var writer: String?
    }

    var number: Int
    var name, kind: String
    var insertedBy: String?
    var routing: RoutingForm
    var columns: [ColumnForm]
    var registers: [RegisterForm]?
    var instead: String?
    var perParentMax: Int?

    init(_ table: Schema.Table) {
        number = table.number
        name = table.name
        kind = table.kind.rawValue
        insertedBy = table.insertedBy.rawValue
        routing = RoutingForm()
        switch table.routing {
        case .everyone, .unit: routing.everyone = true
        case .portfolio(let column): routing.portfolio = column
        case .parent(let table, let column): routing.parent = .init(table: table, column: column)
        case .children(let table, let column):
            routing.children = .init(table: table, column: column)
        }
        columns = table.columns.map(ColumnForm.init)
        registers = table.registers.map {
            RegisterForm(
                number: $0.number, name: $0.name, columns: $0.columns, rule: $0.rule.rawValue,
                writer: $0.writer.rawValue)
        }
        instead = table.instead
        perParentMax = table.perParentMax
    }

    func table() throws -> Schema.Table {
        let path = "table \(name)"
        return Schema.Table(
            number: number, name: name, kind: try word(kind, path, "kind"),
            insertedBy: try word(insertedBy ?? "offices", path, "insertedBy"),
            routing: try routingValue(), columns: try columns.map { try $0.column(of: name) },
            registers: try (registers ?? []).map {
                Schema.Register(
                    number: $0.number, name: $0.name, columns: $0.columns,
                    rule: try word($0.rule ?? "latest", path, "rule"),
                    writer: try word($0.writer ?? "offices", path, "writer"))
            },
            instead: instead, perParentMax: perParentMax)
    }

    private func routingValue() throws -> Schema.Routing {
        var found: [Schema.Routing] = []
        if let column = routing.portfolio { found.append(.portfolio(column: column)) }
        if let link = routing.parent {
            found.append(.parent(table: link.table, column: link.column))
        }
        if let link = routing.children {
            found.append(.children(table: link.table, column: link.column))
        }
        if routing.everyone == true { found.append(.everyone) }
        guard found.count == 1 else {
            throw StoreError.badSchema(
                "table \(name): routing says one of everyone, portfolio, parent, children")
        }
        return found[0]
    }
}

/// A word of an enumeration, or an error that lists where it stands.
func word<E: RawRepresentable>(
    _ text: String, _ path: String, _ key: String
) throws(StoreError) -> E where E.RawValue == String {
    guard let value = E(rawValue: text) else {
        throw .badSchema("\(path): \(key) cannot be \(text)")
    }
    return value
}

extension DecodingError {
    /// What is wrong and where, in a few words.
    fileprivate var sentence: String {
        switch self {
        case .keyNotFound(let key, let context):
            "\(Self.path(context.codingPath)) has no \(key.stringValue)"
        case .typeMismatch(_, let context), .valueNotFound(_, let context),
            .dataCorrupted(let context):
            "\(Self.path(context.codingPath)): \(context.debugDescription)"
        @unknown default: "unreadable"
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        keys.isEmpty ? "the schema" : keys.map(\.stringValue).joined(separator: ".")
    }
}
