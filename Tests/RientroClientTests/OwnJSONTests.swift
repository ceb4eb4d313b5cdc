import Testing

@testable import RientroClient

/// SQLite 3.40 counts its JSON functions among those that an untrusted schema must not call.
@Suite("An index, view or trigger of a person's own that reads JSON", .timeLimit(.minutes(2)))
struct OwnJSONTests {
    @Test("stops neither a write nor a sync, whenever it was made")
    func index() async throws {
        let desk = try await Desk()
        let complaint = try Desk.shell(
            desk.path,
            """
            CREATE INDEX mine ON contact_attempt(json_valid(note));
            CREATE VIEW seen AS SELECT json_array(note) AS note FROM contact_attempt;
            CREATE TABLE copies(note TEXT);
            CREATE TRIGGER copy AFTER INSERT ON contact_attempt
            BEGIN INSERT INTO copies VALUES (json_quote(NEW.note)); END;
            """)
        #expect(complaint.isEmpty)
        try await desk.call("[1]")
        #expect(try await desk.replica.sync().acknowledged == 1)
        let again = try await desk.reopened()
        try await desk.call("[2]", on: again)
        _ = try await again.sync()
        #expect(try await again.verify().isProven)
        let seen = try await again.read { try $0.rows("SELECT note FROM seen ORDER BY note") }
        #expect(seen.map { $0["note"] } == [#"["[1]"]"#, #"["[2]"]"#])
        let copies = try await again.read { try $0.rows("SELECT note FROM copies") }
        #expect(copies.count == 2)
    }
}
