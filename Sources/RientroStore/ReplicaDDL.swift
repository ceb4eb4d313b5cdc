/// The store's own tables in a replica's file, beside the replicated ones.
enum ReplicaDDL {
    /// The one-row table that the triggers read. Its row is the identity of the file.
    ///
    /// `offset` is the centre's time minus this machine's, in milliseconds; `floor` is the centre's
    /// time at the last sync; `quiet` is 1 inside a merge; `noted` is the id that BEFORE INSERT
    /// found in place.
    static let me = SchemaObject(
        type: "table", name: "me",
        sql: """
            CREATE TABLE "me"(
              one INTEGER PRIMARY KEY CHECK (one = 1),
              replica INTEGER NOT NULL,
              incarnation BLOB NOT NULL,
              "offset" INTEGER NOT NULL DEFAULT 0,
              floor INTEGER NOT NULL DEFAULT 0,
              quiet INTEGER NOT NULL DEFAULT 0,
              noted TEXT
            ) STRICT
            """)

    /// Writes captured and not yet sealed. A row with `tab` 0 ends a `write { }` of the library.
    ///
    /// `registers` is 0 where the row was inserted, else a bit for each register that one statement
    /// wrote; `base` has the bases of the kept ones, as ` number=base` (`PendingEntry` reads both).
    static let pending = SchemaObject(
        type: "table", name: "pending",
        sql: """
            CREATE TABLE "pending"(
              seq INTEGER PRIMARY KEY,
              tab INTEGER NOT NULL,
              row TEXT NOT NULL,
              registers INTEGER NOT NULL,
              base TEXT
            ) STRICT
            """)

    /// Rows and registers that the centre, or the seal, refused: shown until a commit brings the
    /// same content or a person has dealt with them. `content` is a `RowChange`, encoded; where it
    /// cannot be encoded, `raw` says what stood there.
    static let refused = SchemaObject(
        type: "table", name: "refused",
        sql: """
            CREATE TABLE "refused"(
              seq INTEGER PRIMARY KEY,
              change_set INTEGER NOT NULL,
              tab INTEGER NOT NULL,
              row TEXT NOT NULL,
              register INTEGER NOT NULL,
              reason TEXT NOT NULL,
              detail TEXT,
              content BLOB,
              raw TEXT,
              refused_at INTEGER NOT NULL
            ) STRICT
            """)

    /// All that the replica has seen: the last cursor of each epoch, the newest with the greatest
    /// `seq`. A snapshot brings its own.
    static let cursor = SchemaObject(
        type: "table", name: "cursor",
        sql: """
            CREATE TABLE "cursor"(
              seq INTEGER PRIMARY KEY,
              epoch BLOB NOT NULL UNIQUE,
              number INTEGER NOT NULL,
              chain BLOB NOT NULL
            ) STRICT
            """)

    /// Units that a commit has revoked, whose rows are still here: not everything that was sealed
    /// is acknowledged, and what the office wrote must not be lost. They are in no digest.
    static let revoked = SchemaObject(
        type: "table", name: "revoked",
        sql: """
            CREATE TABLE "revoked"(
              unit_table INTEGER NOT NULL,
              unit_id TEXT NOT NULL,
              PRIMARY KEY (unit_table, unit_id)
            ) STRICT, WITHOUT ROWID
            """)

    private static let guards = [
        SchemaObject(
            type: "trigger", name: "rientro_me_kept",
            sql: """
                CREATE TRIGGER rientro_me_kept BEFORE DELETE ON me
                BEGIN
                  SELECT raise(ABORT, 'this row is the identity of the replica');
                END
                """),
        SchemaObject(
            type: "trigger", name: "rientro_me_single",
            sql: """
                CREATE TRIGGER rientro_me_single BEFORE INSERT ON me WHEN EXISTS (SELECT 1 FROM me)
                BEGIN
                  SELECT raise(ABORT, 'this row is the identity of the replica');
                END
                """),
    ]

    static var all: [SchemaObject] { [me, pending, refused, cursor, revoked] + guards }
}

/// Changes of rows that are not here yet, until their birth arrives.
enum ParkedDDL {
    static let parked = SchemaObject(
        type: "table", name: "parked",
        sql: """
            CREATE TABLE "parked"(
              seq INTEGER PRIMARY KEY,
              tab INTEGER NOT NULL,
              row TEXT NOT NULL,
              content BLOB NOT NULL
            ) STRICT
            """)
    static let index = SchemaObject(
        type: "index", name: "rientro_parked_row",
        sql: "CREATE INDEX rientro_parked_row ON parked(tab, row)")
}
