internal import RientroClient
internal import RientroProtocol
internal import RientroSQLite
internal import RientroServer

/// The central team: commands beside the running server, on connections of their own.
extension World {
    func work(_ kind: Event.Kind, _ chance: inout Chance) throws {
        switch kind {
        case .newAccount: if try openAccount(&chance) { note(kind) }
        case .centralWrite: try writeCentrally(&chance)
        case .newCode:
            let code = "N\(oracle.number())"
            let isDone = try act { act in
                try act.insert(
                    "code", id: code,
                    [
                        "list": .text("outcome"), "code": .text(code), "label_it": .text(code),
                        "label_en": .text(code),
                    ])
            }
            if isDone { note(kind) }
        case .refusalDiscarded: try discard(&chance)
        default:
            guard offices.count < firm.machinesMax else { return }
            var held: Set = [chance.pick(firm.portfolios)]
            if chance.isOnce(in: 4) { held.insert(chance.pick(firm.portfolios)) }
            if try openOffice(held.sorted()) { note(kind, held.sorted().joined(separator: " ")) }
        }
    }

    /// One act of the centre, in a transaction of its own. False where the centre stopped, or its
    /// disk was full.
    private func act(_ body: (inout CentreAct) throws -> Void) throws -> Bool {
        let isDone: Void? = try run(on: centre) {
            let engine = try centre.commanding()
            let now = centre.time(at: time)
            try engine.db.transaction { _ = try engine.act(now: now, body) }
        }
        return isDone != nil
    }

    /// A creditor hands over an account: of a new debtor, or of one who has others.
    func openAccount(_ chance: inout Chance) throws -> Bool {
        let number = oracle.number()
        let portfolio = chance.pick(firm.portfolios)
        let isNew = accountCount == 0 || !chance.isOnce(in: 3)
        let offset = chance.below(max(accountCount, 1))
        let early = !announced.isEmpty && chance.isOnce(in: 2) ? chance.pick(announced) : nil
        var account: String?
        let isDone = try act { act in
            let known =
                isNew
                ? nil
                : try centre.reading().db.text(
                    "SELECT id FROM debtor ORDER BY id LIMIT 1 OFFSET ?",
                    .integer(Int64(offset)))
            let debtor =
                try known
                ?? act.insert("debtor", ["kind": .text("natural"), "surname": .text("D\(number)")])
            let made = try act.insert(
                "account", id: early,
                [
                    "debtor_id": .text(debtor), "portfolio_id": .text(portfolio),
                    "creditor_id": .text("ENEL"), "case_ref": .text("C\(number)"),
                ])
            try act.insert(
                "debt_item",
                [
                    "account_id": .text(made), "doc_number": .text("F\(number)"),
                    "open_amount": .integer(Int64(1 + chance.below(90_000))),
                ])
            account = made
        }
        // What was committed when the centre stopped is known by the id that it was given.
        guard let account else { return false }
        let isThere =
            try isDone
            || centre.reading().db.integer(
                "SELECT 1 FROM account WHERE id = ?", .text(account)) == 1
        guard isThere else { return false }
        oracle.note(account: account, in: portfolio)
        announced.removeAll { $0 == account }
        if isNew { accountCount += 1 }
        return true
    }

    /// The centre corrects a debtor: a kept register, or one of which the latest value counts.
    private func writeCentrally(_ chance: inout Chance) throws {
        let column = chance.pick(["codice_fiscale", "iban", "note"])
        let offset = chance.below(max(accountCount, 1))
        let value = oracle.value()
        var writing: Writing?
        let isDone = try act { act in
            let found = try centre.reading().db.first(
                "SELECT id, \(column) FROM debtor ORDER BY id LIMIT 1 OFFSET ?",
                .integer(Int64(offset))
            ) { ($0.text(0), $0.optionalText(1)) }
            guard let (id, before) = found else { return }
            let name = RegisterName(table: "debtor", row: id, column: column)
            writing = Writing(name, value, over: before)
            try act.set("debtor", id: id, [column: .text(value)])
        }
        guard let writing else { return }
        guard try isDone || oracle.isCommitted(.writing(writing), in: centre.reading().db)
        else { return }
        oracle.note(.writing(writing))
        note(.centralWrite)
    }

    /// Somebody decides that a refused row is not wanted.
    private func discard(_ chance: inout Chance) throws {
        let open = "FROM quarantine WHERE closed_at IS NULL"
        let db = try centre.reading().db
        let count = try Int(db.integer("SELECT count(*) \(open)") ?? 0)
        guard count > 0 else { return }
        let offset = Int64(chance.below(count))
        let found = try db.first(
            "SELECT seq, row, awaits IS NOT NULL \(open) ORDER BY seq LIMIT 1 OFFSET ?",
            .integer(offset)
        ) { ($0.integer(0), $0.text(1), $0.integer(2) == 1) }
        guard let (number, row, isWaiting) = found else { return }
        // What the centre was doing when it stopped may be done. What waited for nothing would
        // not have come either.
        if isWaiting { oracle.noteDiscarded(row) }
        let isDone: Void? = try run(on: centre) {
            let engine = try centre.commanding()
            let now = centre.time(at: time)
            try engine.db.transaction { _ = try engine.discardRefusal(number, now: now) }
        }
        if isDone != nil { note(.refusalDiscarded, row) }
    }

    /// Makes room for an office, gives it its number, and sets its file up from a snapshot.
    func openOffice(_ portfolios: [String]) throws -> Bool {
        let (name, seed) = newMachine()
        var chance = Chance(seed: seed)
        let (incarnation, token) = (chance.bytes(16), chance.bytes(32))
        let made = try run(on: centre) { () -> EnrolAnswer in
            let engine = try centre.commanding()
            let now = centre.time(at: time)
            return try engine.db.transaction {
                let (_, code) = try engine.addReplica(name: name, portfolios: portfolios, now: now)
                return try engine.enrol(
                    EnrolRequest(
                        code: code, tokenHash: LoginToken.hash(token), incarnation: incarnation),
                    now: now)
            }
        }
        guard let answer = made else { return false }
        let snapshot = "/snapshot.sqlite"
        centre.disk.put([], at: snapshot)
        defer { centre.disk.remove(snapshot) }
        let isBuilt: Void? = try run(on: centre) {
            _ = try SnapshotWriter(
                try centre.open(.readWrite), path: snapshot, vfs: centre.disk.name
            ).write(portfolios: portfolios)
        }
        guard isBuilt != nil else { return false }
        let office = OfficeMachine(
            name: name, seed: seed, schema: schema, portfolios: portfolios,
            tokens: [incarnation: token])
        let download = OfficeMachine.file + ".download"
        do {
            try centre.disk.copy(of: snapshot, onto: office.disk, as: download)
            office.disk.now = time
            try ReplicaEngine.adoptSnapshot(
                at: download, answer: answer, server: "http://127.0.0.1:1",
                incarnation: incarnation, clockOffset: 0, vfs: office.disk.name)
            // Synced and renamed, as `Replica.create` does.
            try office.disk.copyFile(from: download, to: OfficeMachine.file)
            office.disk.remove(download)
            try office.start()
        } catch {
            throw Failure("\(name) cannot be set up: \(error)")
        }
        offices.append(office)
        return true
    }
}
