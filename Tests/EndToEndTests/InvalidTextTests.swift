import Foundation
import Testing

/// Texts that are not UTF-8, written by Python past the wrapper that would refuse them.
@Suite("texts that are not UTF-8", .ownThreads, .timeLimit(.minutes(10)))
struct InvalidTextTests {
    /// One attempt: what was written, and whether the file took it.
    private struct Attempt {
        let place: String
        let isTaken: Bool
        let refusal: String

        /// Whether one of the refusals is of this text: the row whole where it was new, else the
        /// register.
        func isListed(_ refusal: JSON) -> Bool {
            let words = place.split { " .".contains($0) }.map(String.init)
            guard words.count == 3, refusal["table"].text == words[1],
                words[0] == "update" || refusal["register"].isNull
            else { return false }
            return refusal["values"][words[2]]["hex"].text?.hasSuffix("ff62") == true
        }
    }

    /// Writes one bad text into every text column that an office may write: a new row for each of
    /// the ledger tables, a change for each of the others; ids too. Says what became of each.
    private static let script = #"""
        import sqlite3, sys
        db = sqlite3.connect(sys.argv[1], timeout=20, isolation_level=None)
        db.text_factory = bytes
        BAD = "CAST(x'61ff62' AS TEXT)"
        account = db.execute("SELECT id FROM account").fetchone()[0].decode()
        debtor = db.execute("SELECT id FROM debtor").fetchone()[0].decode()
        rows = {
            "contact_attempt": {"account_id": account, "channel": "phone", "outcome": "NA"},
            "payment": {"account_id": account, "amount": 100, "method": "cash"},
            "promise": {"account_id": account, "amount": 100},
            "task": {"account_id": account, "kind": "callback"},
            "contact_point": {"debtor_id": debtor, "kind": "email", "value": "a@b.it"},
        }
        def quoted(value):
            return str(value) if isinstance(value, int) else "'" + value + "'"
        def insert(table, put):
            return (f"INSERT INTO {table}({', '.join(put)}) VALUES ({', '.join(put.values())})"
                    " RETURNING id")
        good = {"account": account, "debtor": debtor}
        for table in ("contact_point", "task"):
            put = {name: quoted(value) for name, value in rows[table].items()}
            good[table] = db.execute(insert(table, put)).fetchone()[0].decode()
        def texts(table):
            return [name.decode() for _, name, kind, *_ in
                    db.execute(f'PRAGMA table_info("{table}")') if kind == b"TEXT"]
        def attempt(place, sql):
            try:
                db.execute(sql).fetchall()
                changed = db.execute("SELECT changes()").fetchone()[0]
                print(place, "taken" if changed == 1 else "nothing", sep="|")
            except sqlite3.Error as error:
                print(place, "refused", str(error).replace("\n", " "), sep="|")
        for table, values in rows.items():
            for column in texts(table):
                put = {name: quoted(value) for name, value in values.items()}
                put[column] = BAD.replace("61", "%02x" % (0x61 + len(table) % 20))
                attempt(f"insert {table}.{column}", insert(table, put))
        for table in ("account", "debtor", "contact_point", "task"):
            for column in texts(table):
                attempt(f"update {table}.{column}",
                        f"UPDATE {table} SET {column} = {BAD} WHERE id = '{good[table]}'")
        """#

    private func attempts(_ office: Office) throws -> [Attempt] {
        try office.folder.run("python3", ["-c", Self.script, office.path]).expect(0).lines.map {
            let words = $0.split(separator: "|", maxSplits: 2).map(String.init)
            return Attempt(
                place: words[0], isTaken: words[1] == "taken",
                refusal: words.count > 2 ? words[2] : words[1])
        }
    }

    @Test(
        "each is refused at once or listed, none travels or stops anything, and no good row is lost"
    )
    func everyColumn() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        let milano = try firm.office("milano")
        try matera.writeNotes(3, marked: "before")
        let attempts = try attempts(matera)
        let taken = attempts.filter(\.isTaken)
        #expect(attempts.count > 60, "\(attempts.count)")
        #expect(taken.count > 20, "\(attempts)")
        let ids = attempts.filter { $0.place.hasSuffix(".id") }
        #expect(!ids.isEmpty && ids.allSatisfy { !$0.isTaken }, "an id that cannot travel is taken")
        for attempt in attempts where !attempt.isTaken {
            #expect(!attempt.refusal.isEmpty && attempt.refusal != "nothing", "\(attempt)")
        }
        try matera.writeNotes(3, marked: "after")
        try matera.run("sync").expect(3).says("rejected")
        let list = try matera.run("rejected", "--json").expect(3).json()
        print(
            "not UTF-8: \(attempts.count) columns, \(taken.count) taken by SQLite,"
                + " \(list["rejected"].array.count) listed")
        for attempt in taken {
            #expect(
                list["rejected"].array.contains { attempt.isListed($0) },
                "\(attempt.place): \(list)")
        }
        try matera.run("rejected").expect(3)
        #expect(try matera.status()["pending"].number == 0)
        #expect(try matera.status()["sealed"].number == 0)
        let good =
            "SELECT count(*) FROM contact_attempt WHERE note GLOB 'before *'"
            + " OR note GLOB 'after *' OR note GLOB 'later *'"
        #expect(try firm.rows(good) == ["6"])
        #expect(try firm.rows("SELECT count(*) FROM contact_attempt") == ["6"])
        #expect(try firm.rows("SELECT count(*) FROM payment") == ["0"])
        try matera.writeNotes(2, marked: "later")
        try matera.run("sync").expect(0)
        try milano.sync()
        for rows in [firm.rows, milano.rows] { #expect(try rows(good) == ["8"]) }
        for office in [matera, milano] { try office.verify() }
    }
}
