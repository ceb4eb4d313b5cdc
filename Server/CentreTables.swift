/// The centre's own tables beside the replicated ones. Times are milliseconds since 1970.
enum CentreTables {
    /// Every table and index, in order.
    static let all = [
        // Who may come: an office is `added` when it has a code, enrolled when it has a token.
        // `succeeds` is the number that the same file had before it was found to be a copy.
        """
        CREATE TABLE replica(
          number INTEGER PRIMARY KEY,
          name TEXT NOT NULL,
          code_hash BLOB,
          code_expires INTEGER,
          token_hash BLOB,
          incarnation BLOB,
          succeeds INTEGER,
          added_at INTEGER NOT NULL,
          enrolled_at INTEGER,
          revoked_at INTEGER,
          last_seen INTEGER,
          seen_commit INTEGER NOT NULL DEFAULT 0
        ) STRICT
        """,
        "CREATE UNIQUE INDEX replica_token ON replica(token_hash)",
        "CREATE UNIQUE INDEX replica_incarnation ON replica(incarnation)",
        """
        CREATE TABLE replica_portfolio(
          replica INTEGER NOT NULL,
          portfolio TEXT NOT NULL,
          PRIMARY KEY (replica, portfolio)
        ) STRICT, WITHOUT ROWID
        """,
        // The centre's history has one name until it is put back from a backup.
        """
        CREATE TABLE epoch(
          seq INTEGER PRIMARY KEY,
          epoch BLOB NOT NULL UNIQUE,
          first_commit INTEGER NOT NULL
        ) STRICT
        """,
        // The log. `is_clean`: everything was applied as it was sent, so the author need not get
        // it back.
        """
        CREATE TABLE commit_log(
          number INTEGER PRIMARY KEY,
          time INTEGER NOT NULL,
          replica INTEGER NOT NULL,
          change_set INTEGER NOT NULL,
          hashes BLOB NOT NULL,
          chain BLOB NOT NULL,
          is_clean INTEGER NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE commit_part(
          number INTEGER NOT NULL,
          portfolio TEXT NOT NULL,
          salt BLOB NOT NULL,
          content BLOB NOT NULL,
          PRIMARY KEY (number, portfolio)
        ) STRICT
        """,
        // Number and hash of every change-set, for ever; `outcome` is NULL where all went through.
        """
        CREATE TABLE change_set(
          replica INTEGER NOT NULL,
          n INTEGER NOT NULL,
          hash BLOB NOT NULL,
          number INTEGER NOT NULL,
          outcome BLOB,
          PRIMARY KEY (replica, n)
        ) STRICT, WITHOUT ROWID
        """,
        // Earlier names of change-sets whose files got new numbers, and what they are called now.
        """
        CREATE TABLE change_set_name(
          replica INTEGER NOT NULL,
          n INTEGER NOT NULL,
          hash BLOB NOT NULL,
          now_replica INTEGER NOT NULL,
          now_n INTEGER NOT NULL,
          PRIMARY KEY (replica, n, hash)
        ) STRICT, WITHOUT ROWID
        """,
        // Which unit goes where, from and to which commit. The id first: comparing keys of which
        // all begin with one of two numbers costs twice as much.
        """
        CREATE TABLE route(
          unit_table INTEGER NOT NULL,
          unit_id TEXT NOT NULL,
          portfolio TEXT NOT NULL,
          from_commit INTEGER NOT NULL,
          to_commit INTEGER,
          PRIMARY KEY (unit_id, unit_table, portfolio, from_commit)
        ) STRICT, WITHOUT ROWID
        """,
        // Stamps that were put in place of ones too far ahead, to read later bases by; one in its
        // own place was given to two values, by a file and its copy.
        """
        CREATE TABLE correction(
          tab INTEGER NOT NULL,
          row TEXT NOT NULL,
          register INTEGER NOT NULL,
          sent INTEGER NOT NULL,
          given INTEGER NOT NULL,
          PRIMARY KEY (tab, row, register, sent)
        ) STRICT, WITHOUT ROWID
        """,
        // Refused rows and registers, until a person or the missing parent comes.
        """
        CREATE TABLE quarantine(
          seq INTEGER PRIMARY KEY,
          replica INTEGER NOT NULL,
          n INTEGER NOT NULL,
          tab INTEGER NOT NULL,
          row TEXT NOT NULL,
          register INTEGER NOT NULL,
          reason TEXT NOT NULL,
          detail TEXT NOT NULL,
          content BLOB NOT NULL,
          awaits TEXT,
          refused_at INTEGER NOT NULL,
          closed_at INTEGER
        ) STRICT
        """,
        "CREATE INDEX quarantine_awaits ON quarantine(awaits) WHERE closed_at IS NULL",
        // Files that were imported, known by their SHA-256.
        """
        CREATE TABLE import(
          hash BLOB PRIMARY KEY,
          file TEXT NOT NULL,
          portfolio TEXT NOT NULL,
          rows INTEGER NOT NULL,
          accounts INTEGER NOT NULL,
          imported_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    ]
}
