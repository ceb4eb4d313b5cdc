import Foundation
import Testing

/// What travels, read by a CBOR and a SHA-256 that were not written here.
@Suite("the wire", .ownThreads, .timeLimit(.minutes(10)))
struct WireTests {
    @Test(
        "Python's cbor2 reads what real programs send, writes the same bytes, and finds our hashes")
    func python() throws {
        let python = Programs.pythonWithCBOR
        try #require(
            FileManager.default.isExecutableFile(atPath: python),
            "run .ci/prepare --for-tests: \(python) is missing")
        let firm = try Firm()
        let matera = try firm.office("matera")
        let milano = try firm.office("milano")
        firm.line.follow()
        for index in 0..<3 {
            try matera.writeNotes(2, marked: "è “nota” \(index) \u{1F4DE}")
            try Shell(firm.folder).answer(
                matera.path, "UPDATE contact_point SET value = '+39333000000\(index)';"
            ).expect(0)
            try matera.sync()
        }
        try milano.sync()
        let exchanges = firm.line.exchanges
        #expect(exchanges.count == 4)
        for (index, exchange) in exchanges.enumerated() {
            let answer = try #require(exchange.answer)
            for (name, body) in [("request", exchange.request.body), ("answer", answer.body)] {
                try Data(body).write(to: URL(fileURLWithPath: firm.folder("\(index).\(name)")))
            }
        }
        let program = Self.contents + Self.reader
        let read = try firm.folder.run(python, ["-c", program, firm.folder.path])
        try read.expect(0)
        let head = try matera.status()["head"]
        let hash = try #require(head["hash"].text)
        let number = try #require(head["n"].number)
        #expect(read.lines.contains("head \(number) \(hash)"), "\(read) is not \(number) \(hash)")
        #expect(read.lines.contains("chain \(try chain(of: milano))"), "\(read)")
        // Six notes and three numbers, as they were written, out and back in.
        #expect(read.lines.contains("notes 6 numbers 3 accounts True"), "\(read)")
    }

    private func chain(of office: Office) throws -> String {
        try #require(try office.status()["cursor"]["chain"].text)
    }

    /// Reads the short forms of contents, as the page on the wire has them, into whole rows.
    private static let contents = """
        import cbor2, datetime, uuid

        def text_of(value, unit, row):
            if value is cbor2.undefined:
                return unit
            if isinstance(value, uuid.UUID):
                return str(value)
            if isinstance(value, datetime.date):
                return value.isoformat()
            if isinstance(value, list):
                moment = int.from_bytes(row[:6], "big") + value[0]
                day = datetime.datetime.fromtimestamp(moment // 1000, datetime.timezone.utc)
                return day.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment % 1000:03}Z"
            return value

        def id_of(value, before):
            if isinstance(value, str):
                return value, value, before
            whole = before[:16 - len(value)] + value
            assert len(whole) == 16
            return whole, str(uuid.UUID(bytes=whole)), whole

        def rows_of(content):
            unit_table = row_table = unit_before = row_before = None
            ledgers, found = {}, []
            unit_before = row_before = b""
            for units in content:
                for items in units:
                    items = list(items)
                    if isinstance(items[0], int):
                        unit_table = items.pop(0)
                    unit_bytes, unit, unit_before = id_of(items.pop(0), unit_before)
                    while items:
                        if isinstance(items[0], int):
                            row_table = items.pop(0)
                        id, data = items.pop(0), items.pop(0)
                        if id == b"":
                            row, name = unit_bytes, unit
                        else:
                            row, name, row_before = id_of(id, row_before)
                        if isinstance(data, dict):
                            found.append((unit, row_table, name, data))
                            continue
                        columns, last = [], ledgers.get(row_table, [])
                        for value in data:
                            if isinstance(value, cbor2.CBORSimpleValue):
                                start = len(columns)
                                columns += last[start:start + value.value + 1]
                                assert len(columns) == start + value.value + 1
                            else:
                                columns.append(value)
                        ledgers[row_table] = columns
                        found.append((unit, row_table, name,
                                      [text_of(value, unit, row) for value in columns]))
            return found

        def plain(value):
            # The library writes a date as a text of another tag.
            if isinstance(value, datetime.date):
                return cbor2.CBORTag(100, (value - datetime.date(1970, 1, 1)).days)
            if isinstance(value, list):
                return [plain(item) for item in value]
            if isinstance(value, dict):
                return {key: plain(item) for key, item in value.items()}
            return value

        """

    /// Reads every message, writes it again, and follows the hashes of change-sets and commits.
    private static let reader = """
        import cbor2, hashlib, sys

        folder = sys.argv[1]

        def sha(*parts):
            digest = hashlib.sha256()
            for part in parts:
                digest.update(part)
            return digest.digest()

        def same(data):
            value = cbor2.loads(data)
            again = cbor2.dumps(plain(value), canonical=True)
            assert again == data, (data.hex(), again.hex())
            return value

        def change_set_hash(data):
            office, number, previous, cursor, names, salt, content = same(data)
            sent.extend(rows_of(same(content)))
            fields = ["rientro change-set", office, number, previous, cursor, names,
                      sha(salt, content)]
            return number, previous, sha(cbor2.dumps(fields, canonical=True))

        sent, relayed = [], []
        last = None
        commits = 0
        chain = None
        for index in range(4):
            request = same(open(f"{folder}/{index}.request", "rb").read())
            assert request[0] == 1
            for data in request.get(7, []):
                number, previous, own = change_set_hash(data)
                assert previous == (last[1] if last else bytes(32))
                last = (number, own)
            if last and index < 3:
                assert request[3] == [last[0], last[1]], request[3]
            answer = same(open(f"{folder}/{index}.answer", "rb").read())
            before = answer[4]
            for number, time, replica, n, hashes, after, parts in answer.get(5, []):
                for portfolio, salt, content in parts:
                    relayed.extend(rows_of(same(content)))
                    assert sha(salt, content) in hashes
                if number == before[1] + 1:
                    fields = ["rientro commit", before[2], number, time, replica, n, hashes]
                    assert sha(cbor2.dumps(fields, canonical=True)) == after
                before = [before[0], number, after]
                commits += 1
            chain = answer[6][2]
        assert commits >= 3, commits
        print("head", last[0], last[1].hex())
        print("chain", chain.hex())
        notes = [row for row in relayed if row[1] == 31]
        assert sorted(map(str, notes)) == sorted(str(row) for row in sent if row[1] == 31)
        assert len({row[2] for row in notes}) == len(notes)
        assert all("è “nota” " in row[3][5] for row in notes), notes
        assert all(row[3][13][10] == "T" and row[3][13][-1] == "Z" for row in notes), notes
        numbers = {item for row in relayed if row[1] == 21 for write in row[3].values()
                   for item in write if str(item).startswith("+39333000000")}
        print("notes", len(notes), "numbers", len(numbers),
              "accounts", all(row[3][0] == row[0] for row in notes))
        """
}
