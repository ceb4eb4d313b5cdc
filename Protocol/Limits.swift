/// Every limit of the protocol, with its unit and the reason for its value.
///
/// The relations between them are asserted in `LimitsTests`.
package enum Limits {
    /// 43 bits of milliseconds: the year 2248.
    package static let stampMillisecondsMax: Int64 = (1 << 43) - 1
    /// The latest that any clock says: 2³² milliseconds, seven weeks, before the last stamp. A
    /// clock that says more is wrong, and begins again at 1970: cut to the last stamp it would give
    /// all writes one. By then a register can still be written four thousand million times, each
    /// time with a later stamp than before.
    package static let clockMillisecondsMax: Int64 = stampMillisecondsMax - (1 << 32)
    /// 20 bits: a million offices, and room for the numbers that copies and restores use up.
    package static let replicaNumberMax: Int64 = (1 << 20) - 1
    /// The number of a change-set: one a microsecond for centuries. It is told by strangers, and is
    /// added to; so far below 2⁶³ that no sum of a thousand of them leaves 64 bits.
    package static let changeSetNumberMax: Int64 = (1 << 53) - 1
    /// The number of a commit, for the same reasons.
    package static let commitNumberMax: Int64 = (1 << 53) - 1
    /// The number of rows that a digest says it is of, for the same reasons.
    package static let rowCountMax: Int64 = (1 << 53) - 1
    /// One change-set, encoded. Small enough to be sent again over a bad line without regret.
    package static let changeSetBytesMax = 1 << 20
    /// One row, encoded: a quarter of a change-set, so that a row always fits in one.
    package static let rowBytesMax = 256 << 10
    /// One text or blob: half a row.
    package static let textBytesMax = 128 << 10
    /// All columns of a `kept` register together: a conflict lists two of its values as JSON, where
    /// a byte may take six, and must still be a row that travels.
    package static let keptBytesMax = 16 << 10
    /// One code of a code list: a word, not a text.
    package static let codeBytesMax = 64
    /// What one request may carry in change-sets.
    package static let requestChangeSetBytesMax = 4 << 20
    /// One message, encoded: the change-sets and a mebibyte for everything around them.
    package static let messageBytesMax = 5 << 20
    /// What one answer carries in commits, unless a single commit is larger.
    package static let answerCommitBytesMax = 1 << 20
    /// The longest long poll. Proxies are set to 90 s, and a client waits 30 s more than it asks.
    package static let waitSecondsMax = 50
    /// How far ahead of the centre's clock a stamp may be before it is corrected, in milliseconds:
    /// more than an ordinary clock kept by NTP ever is, less than a person would notice.
    package static let stampAheadMillisecondsMax: Int64 = 5_000
    /// An offset below this is taken for noise of the line, in milliseconds.
    package static let clockOffsetIgnoredMilliseconds: Int64 = 1_000
    /// Nesting of CBOR items. The deepest message nests 9.
    package static let nestingMax = 16
    /// Columns of one table, without the stamps: far above any table a person would design.
    package static let columnsMax = 200
    /// Tables of a schema.
    package static let tablesMax = 200
    /// A key of a reference table, in bytes.
    package static let referenceKeyBytesMax = 16
    /// Portfolios that one replica may hold.
    package static let portfoliosMax = 64
    /// Cursors in one request, one for each epoch that the replica has seen.
    package static let cursorsMax = 64
    /// Earlier names of one change-set: one for each time its file was found to be a copy.
    package static let changeSetNamesMax = 64
    /// What the part of a change-set may hold, in bytes: the rest is for its header, which with
    /// every earlier name that it may have is under 4 KiB.
    package static let changeSetContentBytesMax = changeSetBytesMax - (4 << 10)
    /// A value that a run in a content may repeat, in bytes of its short form: a code, an amount or
    /// a name. So a byte stands for 20 such values at most.
    package static let repeatedValueBytesMax = 64
    /// What the rows and units of one content weigh at most if each is written alone: more than the
    /// largest message says in long forms, and a bound on the memory that short ones take.
    package static let contentExpandedBytesMax = 8 << 20
    /// The same of what a replica seals as one change-set: the centre may add to it what the rows
    /// bring about, and log it in one commit.
    package static let changeSetExpandedBytesMax = 4 << 20
    /// The permanent number of a table, column or register: two bytes after the head.
    package static let permanentNumberMax = (1 << 16) - 1
    /// The version of a schema: more than one a day for a century.
    package static let schemaVersionMax = (1 << 16) - 1
    /// A schema as JSON, in bytes: what a message has room for beside the rest of the answer.
    package static let schemaBytesMax = 4 << 20
    /// A one-time code, in bytes: more than a person would type.
    package static let enrolmentCodeBytesMax = 64
    /// The name of an office, in bytes: a line on paper.
    package static let officeNameBytesMax = 256
    /// Pieces into which one range of ids is cut: a million rows in five questions.
    package static let rangePiecesMax = 16
    /// Row hashes in one answer: 40 bytes each, so an answer stays under 200 KiB.
    package static let rangeRowsMax = 4_096
    /// Whole rows that are asked for at once: so many ids leave the target of the request under 2
    /// KiB, which is as much as the centre's HTTP server reads.
    package static let rowsAskedMax = 40
    /// Piece of a snapshot that is fetched at once, in bytes.
    package static let snapshotRangeBytes = 4 << 20
}
