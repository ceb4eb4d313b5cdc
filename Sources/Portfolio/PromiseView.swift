import RientroProtocol

/// What became of promises, computed from payments and never stored.
extension DebtorPortfolio {
    /// Every promise with its state, as of the machine's local date.
    ///
    /// A payment counts for a promise of its account and currency if its value date lies between
    /// the day of the promise and `deadline` (`due_on` and `tolerance_days` more), whenever it was
    /// recorded or synced; it counts with its `net`, so a reversal takes it back. Of promises that
    /// run at the same time the one due first is served first: `paid` is what is left after those.
    ///
    /// State: `cancelled` or `superseded` if another row says so; else `kept` if `paid` reaches the
    /// amount; else `open` up to the deadline; after it `partly_kept` or `broken`.
    static let promises = Schema.View(name: "promises", select: promises(on: machineDate))

    /// The same as of another day, for a day's close: `today` is an SQL expression for a date. It
    /// only decides whether a deadline is past; what counts is what the tables have.
    package static func promises(on today: String) -> String {
        """
        SELECT id, account_id, amount, currency, due_on, tolerance_days, deadline, made_on,
          paid,
          CASE WHEN ended IS NOT NULL THEN ended
            WHEN paid >= amount THEN 'kept'
            WHEN \(today) <= deadline THEN 'open'
            WHEN paid > 0 THEN 'partly_kept'
            ELSE 'broken' END AS state,
          method, made_by, note, operator, recorded_at
        FROM (
          SELECT q.id, q.account_id, q.amount, q.currency, q.due_on, q.tolerance_days,
            \(deadline("q")) AS deadline, q.made_on,
            max(0, min(q.amount, \(paid("q", from: "q.made_on", to: deadline("q")))
              - \(servedFirst))) AS paid,
            \(ended("q")) AS ended,
            q.method, q.made_by, q.note, q.operator, q.recorded_at
          FROM promise AS q
          WHERE q.cancels_id IS NULL)
        """
    }

    /// The last day on which payment of promise `q` is in time.
    private static func deadline(_ q: String) -> String {
        "date(\(q).due_on, '+' || \(q).tolerance_days || ' days')"
    }

    /// What was paid on the account of promise `q`, by value date, both days included.
    private static func paid(_ q: String, from: String, to: String) -> String {
        paymentSum(
            "net",
            where: "p.account_id = \(q).account_id AND p.currency = \(q).currency"
                + " AND p.value_on >= \(from) AND p.value_on <= \(to)")
    }

    /// `cancelled`, `superseded` or NULL, for promise `q`. A row that names itself ends nothing.
    private static func ended(_ q: String) -> String {
        """
        (SELECT CASE WHEN count(e.cancels_id) > 0 THEN 'cancelled'
              WHEN count(*) > 0 THEN 'superseded' END
            FROM promise AS e WHERE e.account_id = \(q).account_id AND e.id <> \(q).id
            AND (e.cancels_id = \(q).id OR (e.replaces_id = \(q).id AND e.cancels_id IS NULL)))
        """
    }

    /// What promises due before `q` take of the payments in its time: of each at most what it still
    /// lacked when `q` was made.
    private static let servedFirst = """
        (SELECT \(sum("taken")) FROM (
            SELECT max(0, min(
              f.amount - \(paid("f", from: "f.made_on", to: "date(q.made_on, '-1 day')")),
              \(paid("f", from: "max(f.made_on, q.made_on)", to: deadline("f"))))) AS taken
            FROM promise AS f
            WHERE f.account_id = q.account_id AND f.currency = q.currency
            AND f.cancels_id IS NULL AND \(ended("f")) IS NULL
            AND (\(deadline("f")) < \(deadline("q"))
              OR (\(deadline("f")) = \(deadline("q")) AND f.id < q.id))
            AND \(deadline("f")) >= q.made_on LIMIT -1))
        """
}
