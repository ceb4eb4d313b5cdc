import Portfolio
import RientroProtocol
import Testing

@Suite("The debtor portfolio's schema")
struct SchemaTests {
    @Test("the schema breaks no rule and all its views can be asked")
    func viewsCanBeAsked() throws {
        let schema = try DebtorPortfolio.schema()
        let questions = schema.views.map { "SELECT count(*) FROM (SELECT * FROM \($0.name))" }
        #expect(
            try Shell().run(questions.joined(separator: ";"))
                == schema.views.map { _ in "0" })
    }

    @Test("an insert that names only what other programs rely on is complete")
    func shortInsertsAreComplete() throws {
        let lines = try Shell().run(
            """
            INSERT INTO contact_attempt(id, account_id, channel, outcome, note)
              VALUES ('1', 'a', 'phone', 'NA', 'squilla');
            INSERT INTO payment(id, account_id, amount) VALUES ('2', 'a', 100);
            INSERT INTO promise(id, account_id, amount) VALUES ('3', 'a', 100);
            INSERT INTO contact_point(id, debtor_id, kind, value) VALUES ('4', 'd', 'mobile', '1');
            SELECT currency, received_on = date('now', 'localtime'), state FROM payment;
            SELECT currency, due_on = date('now', 'localtime'), tolerance_days FROM promise;
            """)
        #expect(lines == ["EUR|1|received", "EUR|1|0"])
    }

    @Test("names, tax codes and contact values keep both of two writes")
    func keptRegisters() throws {
        let schema = try DebtorPortfolio.schema()
        let kept = schema.tables.flatMap { table in
            table.registers.filter { $0.rule == .kept }.map { "\(table.name).\($0.name)" }
        }
        #expect(
            kept == [
                "debtor.name", "debtor.codice_fiscale", "debtor.partita_iva", "debtor.iban",
                "contact_point.value", "account.status",
            ])
    }

    @Test("every table that an operator writes names the operator")
    func operatorsAreNamed() throws {
        let written = try DebtorPortfolio.schema().tables.filter {
            $0.insertedBy == .offices || $0.registers.contains { $0.writer == .offices }
        }
        #expect(written.count == 7)
        #expect(written.allSatisfy { $0.column("operator") != nil })
    }

    /// By hand, from what the trade says: an office must be able to write what it knows at once,
    /// and what tells something of a person may be forgotten one day.
    private static let demanded: [(table: String, required: String, personal: String)] = [
        ("portfolio", "name active", ""),
        ("creditor", "name active", ""),
        (
            "debtor", "kind language",
            "surname given_name company_name codice_fiscale partita_iva birth_date birth_place "
                + "street postcode city province iban form_of_address note"
        ),
        (
            "contact_point", "debtor_id kind value quality", "value raw remark preferred_time"
        ),
        (
            "account",
            "debtor_id portfolio_id creditor_id case_ref currency placed_on status priority",
            "status_reason note"
        ),
        ("task", "account_id kind due_on status", "status_reason note"),
        (
            "debt_item", "account_id kind due_on currency open_amount recorded_at",
            "supply_point note"
        ),
        (
            "contact_attempt", "account_id channel outcome direction started_at recorded_at",
            "note"
        ),
        (
            "payment", "account_id amount currency received_on state recorded_at",
            "payer_name payer_iban note"
        ),
        (
            "promise", "account_id amount currency due_on tolerance_days made_on recorded_at",
            "note"
        ),
    ]

    @Test("what a row must have, and what it tells of a person", arguments: demanded)
    func demands(table: String, required: String, personal: String) throws {
        let columns = try #require(
            try DebtorPortfolio.schema().tables.first { $0.name == table }?.columns)
        #expect(columns.filter(\.isRequired).map(\.name).joined(separator: " ") == required)
        #expect(columns.filter(\.isPersonal).map(\.name).joined(separator: " ") == personal)
    }

    @Test("every column of the tables has a limit")
    func everyColumnIsLimited() throws {
        for table in try DebtorPortfolio.schema().tables {
            for column in table.columns {
                #expect(column.limit != .none, "\(table.name).\(column.name)")
            }
        }
    }
}

@Suite("The code lists")
struct CodeTests {
    @Test("keys and codes are unique, and keys have the shape that a reference key must have")
    func keysAreSound() {
        let codes = DebtorPortfolio.codes
        #expect(Set(codes.map(\.id)).count == codes.count)
        #expect(Set(codes.map { "\($0.list)/\($0.code)" }).count == codes.count)
        for code in codes {
            #expect(code.id.utf8.count <= Limits.referenceKeyBytesMax)
            #expect(code.id.utf8.allSatisfy { keyBytes.contains($0) }, "\(code.id)")
        }
    }

    private let keyBytes = Set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    @Test("every list that a column names is there, with the column's default in it")
    func listsAreThere() throws {
        for table in try DebtorPortfolio.schema().tables {
            for column in table.columns {
                guard case .codeList(let list) = column.limit else { continue }
                let codes = DebtorPortfolio.codes.filter { $0.list == list }.map(\.code)
                #expect(!codes.isEmpty, "\(list)")
                if case .value(.text(let code)) = column.default {
                    #expect(codes.contains(code), "\(table.name).\(column.name)")
                }
            }
        }
    }

    @Test("every value of every code row fits its column")
    func valuesFit() throws {
        let table = try #require(
            try DebtorPortfolio.schema().tables.first { $0.name == "code" })
        for code in DebtorPortfolio.codes {
            for (name, value) in zip(CodeRow.columns, code.values) {
                #expect(table.column(name)?.refusal(of: value) == nil, "\(code.id).\(name)")
            }
            #expect(code.values.count == CodeRow.columns.count)
        }
    }

    @Test("every reason but the unknown one says whose doing it is")
    func reasonsAreJudged() {
        let reasons = DebtorPortfolio.codes.filter { $0.list == "reason" }
        #expect(reasons.count == 36)
        #expect(
            reasons.filter { $0.fault == nil || $0.capability == nil }.map(\.code) == ["unknown"])
        #expect(reasons.allSatisfy { $0.group != nil })
    }
}
