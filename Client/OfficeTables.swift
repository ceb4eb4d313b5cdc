/// The client's own tables in a replica's file, beside the store's.
enum OfficeTables {
    /// One row: where the centre is, and how far the sync has come. Times are milliseconds since
    /// 1970 by the centre's clock.
    ///
    /// `outcomes_merged`: the last change-set whose outcome is in this file. `acknowledged`: the
    /// last that the centre has, judged by the rule of heads. `mending`: the incarnation id made
    /// for the request of a new number, while one is needed. `suspects`: tables whose triggers were
    /// gone for a while, to be compared with the centre after the next pull.
    static let office = """
        CREATE TABLE IF NOT EXISTS office(
          one INTEGER PRIMARY KEY CHECK (one = 1),
          server TEXT NOT NULL,
          name TEXT NOT NULL,
          portfolios TEXT NOT NULL,
          schema TEXT NOT NULL,
          outcomes_merged INTEGER NOT NULL DEFAULT 0,
          acknowledged INTEGER NOT NULL DEFAULT 0,
          covered INTEGER NOT NULL DEFAULT 0,
          last_sync INTEGER,
          proven_at INTEGER,
          proven_commit INTEGER,
          mending BLOB,
          suspects TEXT NOT NULL DEFAULT ''
        ) STRICT
        """

    /// Sealed change-sets, as they travel, kept after their acknowledgement until they are covered.
    /// `is_cut`: a backlog did not fit, and this is not its end. `is_merged`: its outcome is in
    /// this file, under this number or an earlier one.
    static let outbox = """
        CREATE TABLE IF NOT EXISTS outbox(
          n INTEGER PRIMARY KEY,
          hash BLOB NOT NULL,
          content BLOB NOT NULL,
          rows INTEGER NOT NULL,
          is_cut INTEGER NOT NULL,
          sealed_at INTEGER NOT NULL,
          is_merged INTEGER NOT NULL DEFAULT 0
        ) STRICT
        """

    /// The hash of every change-set that was ever sealed here, under every number that the file
    /// had.
    static let history = """
        CREATE TABLE IF NOT EXISTS history(
          replica INTEGER NOT NULL,
          n INTEGER NOT NULL,
          hash BLOB NOT NULL,
          PRIMARY KEY (replica, n)
        ) STRICT, WITHOUT ROWID
        """

    /// All of them.
    static let all = [office, outbox, history]
}
