import Foundation
import Portfolio
import RientroProtocol
import RientroSQLite
import RientroServer
import RientroStore
import Terminal

/// `init`: makes a centre.
enum InitCommand {
    static let declaration = Command(
        "init", "Make a new centre",
        discussion: """
            Makes DIR, readable by its owner alone, with an empty database. Without --schema it \
            has the tables of a credit-management firm and their code lists; with it, those of \
            FILE, a schema as JSON.
            """,
        arguments: [CentreProgram.folder],
        options: [.value("schema", "FILE", "the tables to replicate, as JSON")])

    static func run(_ parsed: Parsed, _ output: Output) throws -> ExitCode {
        let folder = try parsed.required("DIR")
        let schema: Schema
        if let path = parsed.value("schema") {
            schema = try Schema(json: try read(path))
        } else {
            schema = try DebtorPortfolio.schema()
        }
        let isPortfolio = parsed.value("schema") == nil
        try FolderOwner.become(ofFolder: folder)
        do {
            _ = try Centre.create(folder: folder, schema: schema) { engine in
                if isPortfolio { try writeCodes(engine) }
            }
        } catch CentreError.system(_, let code) {
            throw CommandError.unwritable(path: folder, reason: String(cString: strerror(code)))
        }
        output.json([
            "folder": .string(folder), "schema": .string(schema.name),
            "version": .count(schema.version),
        ])
        output.say(
            "\(folder): a new centre with the tables of \"\(schema.name)\", "
                + "version \(schema.version).")
        if isPortfolio {
            output.remark(
                "Next: rientro-server portfolio add \(folder) MT --name Matera")
        }
        return .done
    }

    /// The code lists, in one act of the centre.
    private static func writeCodes(_ engine: CentreEngine) throws {
        try engine.act(now: SystemClock.now()) { act in
            for row in DebtorPortfolio.codes {
                let values = zip(CodeRow.columns, row.values)
                try act.insert(
                    "code", id: row.id, Dictionary(values, uniquingKeysWith: { first, _ in first }))
            }
        }
    }

    private static func read(_ path: String) throws -> [UInt8] {
        let data: Data
        do {
            data = try Data(contentsOf: URL(filePath: path))
        } catch {
            throw CommandError.unreadable(path: path, reason: Sentences.reason(of: error))
        }
        guard data.count <= Limits.schemaBytesMax else {
            throw CommandError.tooLarge(path: path, bytesMax: Limits.schemaBytesMax)
        }
        return [UInt8](data)
    }
}
