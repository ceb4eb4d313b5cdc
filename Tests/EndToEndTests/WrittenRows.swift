import Foundation

/// What writers did in one office, told by their own words: which transactions they reported as
/// committed, and which they only began.
struct WrittenRows {
    /// One transaction of a writer: so many call notes with the mark, and one payment.
    struct Transaction {
        let mark: String
        let notes: Int
        /// In cents.
        let amount: Int
    }

    /// All that were begun, by their marks.
    private(set) var begun: [String: Transaction] = [:]
    /// The marks of those that their writer reported as committed.
    private(set) var reported: Set<String> = []

    /// Notes what a writer is about to do.
    mutating func begin(_ transaction: Transaction) { begun[transaction.mark] = transaction }

    /// Notes that a writer said that it is done.
    mutating func report(_ mark: String) { reported.insert(mark) }

    /// What does not hold of a database whose payments and notes are given by mark: empty where
    /// all that was reported is there once, nothing is there by half, and money is to the cent.
    func faults(payments: [String: [Int]], notes: [String: Int]) -> [String] {
        var faults: [String] = []
        for mark in reported.sorted() where payments[mark] == nil {
            faults.append("\(mark) was reported and is gone")
        }
        for (mark, amounts) in payments {
            guard let transaction = begun[mark] else {
                faults.append("\(mark) was never written")
                continue
            }
            if amounts != [transaction.amount] {
                faults.append("\(mark): \(amounts) cents, and \(transaction.amount) were written")
            }
            if notes[mark, default: 0] != transaction.notes {
                faults.append("\(mark): \(notes[mark, default: 0]) of \(transaction.notes) notes")
            }
        }
        for mark in notes.keys where payments[mark] == nil {
            faults.append("\(mark): notes without their payment")
        }
        return faults.sorted()
    }
}

extension WrittenRows.Transaction {
    /// What the `sqlite3` shell is told; it says `ok MARK` once it is committed.
    var sql: String {
        """
        BEGIN IMMEDIATE;
        WITH RECURSIVE
          n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < \(notes - 1)),
          a(id) AS (SELECT id FROM account ORDER BY id LIMIT 1)
        INSERT INTO contact_attempt(account_id, channel, outcome, note)
        SELECT a.id, 'phone', 'NA', '\(mark) ' || n.i FROM n, a;
        INSERT INTO payment(account_id, amount, method, reference)
        SELECT id, \(amount), 'cash', '\(mark)' FROM account ORDER BY id LIMIT 1;
        COMMIT;
        SELECT 'ok \(mark)';
        """
    }
}
