package import RientroProtocol
internal import RientroSQLite
internal import RientroStore

/// A new file: a snapshot from the centre becomes a replica by getting its identity.
extension ReplicaEngine {
    /// Gives the snapshot at `path` its identity, in one transaction; it is a replica from then on.
    ///
    /// Throws `ReplicaError.notAReplica` where the file is damaged, is not of the schema, or has an
    /// identity already; `ReplicaError.newerFormat`.
    package static func adoptSnapshot(
        at path: String, answer: EnrolAnswer, server: String, incarnation: [UInt8],
        clockOffset: Int64, vfs: String? = nil
    ) throws {
        let db = try Connection(path: path, mode: .readWrite, vfs: vfs)
        try refuseNewer(db)
        let fault = try db.text("PRAGMA quick_check(1)")
        guard fault == "ok" else {
            throw ReplicaError.notAReplica(path: path, fact: fault ?? "it is empty")
        }
        let schema = try Schema(json: answer.schema)
        let present = Set(
            try db.rows("SELECT name || ':' || sql FROM sqlite_schema WHERE sql IS NOT NULL") {
                $0.text(0)
            })
        for object in Store.objects(schema, role: .replica)
        where !present.contains("\(object.name):\(object.sql)") {
            throw ReplicaError.notAReplica(
                path: path, fact: "\(object.name) is not as the schema says")
        }
        // A trigger or view that is not of the schema would run with the office's writes.
        let known = Set(Store.objects(schema, role: .replica).map(\.name))
        let strange = try db.rows(
            "SELECT name FROM sqlite_schema WHERE type IN ('trigger', 'view')"
        ) { $0.text(0) }.first { !known.contains($0) }
        if let strange {
            throw ReplicaError.notAReplica(path: path, fact: "\(strange) is not of the schema")
        }
        guard try db.integer("SELECT count(*) FROM me") == 0 else {
            throw ReplicaError.notAReplica(path: path, fact: "it has an identity already")
        }
        let isNoise = clockOffset.magnitude < UInt64(Limits.clockOffsetIgnoredMilliseconds)
        try db.transaction {
            try FileFormat.mend(.replica, on: db)
            for table in OfficeTables.all { try db.execute(table) }
            try db.run(
                """
                INSERT INTO me(one, replica, incarnation, "offset", floor) VALUES (1, ?, ?, ?, ?)
                """,
                .integer(answer.replica), .blob(incarnation),
                .integer(isNoise ? 0 : clockOffset), .integer(answer.centreTime))
            try db.run(
                """
                INSERT INTO office(one, server, name, portfolios, schema, last_sync)
                VALUES (1, ?, ?, ?, ?, ?)
                """,
                .text(server), .text(answer.name), .text(Portfolios.joined(answer.portfolios)),
                .text(String(decoding: answer.schema, as: UTF8.self)),
                .integer(answer.centreTime))
        }
        try db.execute("PRAGMA journal_mode = WAL")
    }

    /// Throws `ReplicaError.newerFormat` where the file is of a later version of the file format.
    static func refuseNewer(_ db: Connection) throws {
        let version = try FileFormat.version(of: db)
        guard version <= FileFormat.version else {
            throw ReplicaError.newerFormat(path: db.path, version: version)
        }
    }
}
