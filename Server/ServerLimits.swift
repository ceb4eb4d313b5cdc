internal import RientroProtocol

/// The limits of the centre's shell, each with the reason for its number. Those of the wire are in
/// `Limits`.
package enum ServerLimits {
    /// Requests that may wait for the writer: as many as the HTTP server has connections.
    package static let waitingRequestsMax = 1_024
    /// Bytes of change-sets that may wait for the writer: sixteen full requests. More would only
    /// be memory that waits longer than its client does.
    package static let waitingBytesMax = 64 << 20
    /// Bytes of requests that are read and wait for the writer at the same time, or are in its
    /// present group: one full request, which is more than a group has time for, while the others
    /// wait as the bytes that came.
    package static let pushedBytesMax = Limits.requestChangeSetBytesMax
    /// A request up to this size is read at once, however many wait: a pull is far smaller.
    package static let smallPushBytesMax = 64 << 10
    /// For how long a database that answered is taken to be well, in milliseconds: shorter than
    /// any watch that restarts a server waits.
    package static let pulseMilliseconds: Int64 = 100
    /// Requests in one group: enough that the cost of one `fsync` is no longer seen in any.
    package static let groupRequestsMax = 256
    /// Bytes of change-sets in one group: two full requests, so the write-ahead log stays small.
    package static let groupBytesMax = 8 << 20
    /// How long a group may take others along before it commits, in milliseconds: what the first of
    /// them waits at most for the rest.
    package static let groupMilliseconds: Int64 = 100
    /// What a client that found the centre busy is asked to wait, in seconds.
    package static let retryAfterSeconds = 2
    /// The same where the disk is full, in seconds: a person has to make room first.
    package static let retryAfterFullSeconds = 60
    /// How far the machine's clock may be behind the last commit at start, in milliseconds: more
    /// than a step of NTP, less than a wrong time zone.
    package static let clockBehindMillisecondsMax: Int64 = 600_000
    /// Requests of one line of succession that are answered at the same time: some programs on one
    /// file, or a file that was copied to some machines, each with one under way. Twice as many as
    /// the readers get through at once, so that nobody waits behind more than a moment's work.
    package static let requestsPerLineMax = 8
    /// Long polls of one line: a copied image on thirty machines has one each. They cost a
    /// connection and no reader; thirty-two lines would have to fill them for the server to be
    /// full.
    package static let longPollsPerLineMax = 32
    /// Large bodies of one line that are coming: 20 MiB, a twelfth of what all may hold.
    package static let bodiesPerLineMax = 4
    /// Questions of one line about digests or rows: one is answered and the next one waits. Those
    /// of whole portfolios are answered one after the other, for everybody.
    package static let digestsPerLineMax = 2
    /// Pieces of a snapshot that one line fetches at the same time: 16 MiB of answers.
    package static let snapshotsPerLineMax = 4
    /// Refused rows of one line that may wait for a person: ten times what a wrong clean-up of a
    /// branch's portfolio comes to, and few enough to be listed and settled in bulk.
    package static let refusedRowsPerLineMax = 10_000
    /// Conflicts of one line within `conflictsMilliseconds`: two offices that have both worked all
    /// of a portfolio of two thousand accounts through an outage.
    package static let conflictsPerLineMax = 2_000
    /// How long conflicts count, in milliseconds: an hour.
    package static let conflictsMilliseconds: Int64 = 3_600_000
    /// What an office is asked to wait for where a person at the centre must do something first, in
    /// seconds.
    package static let retryAfterPersonSeconds = 600
    /// Wrong enrolment codes a minute from one source. A code has 100 random bits; whoever types
    /// one needs a few tries.
    package static let wrongCodesPerMinuteMax = 10
    /// New numbers that one line of succession may get within `renumberingsMilliseconds`: a file is
    /// copied or put back now and then, a folder of copies a handful of times. At this rate one
    /// token takes twelve years to use up the numbers of all.
    package static let renumberingsMax = 10
    /// The time that `renumberingsMax` counts, in milliseconds.
    package static let renumberingsMilliseconds: Int64 = 3_600_000
    /// Enrolment codes that are judged at the same time, from everybody together.
    package static let codesJudgedMax = 10
    /// Sources of wrong codes that are known: a minute of guessing from so many addresses takes
    /// some hundred kilobytes. Beyond them no new one is heard until one is forgotten.
    package static let codeSourcesMax = 4_096
    /// Bytes of a source's name: an address of IPv6 with its zone.
    package static let sourceBytesMax = 64
    /// Bytes of the outcomes in one answer, unless a single one has more; further ones come in the
    /// next. With a full commit it is under `Limits.messageBytesMax`.
    package static let answerOutcomeBytesMax = 2 << 20
    /// Bytes of the present values that one outcome gives back with refused registers: the writes
    /// may be small and the values large. For the others the office asks again.
    package static let outcomeValueBytesMax = 1 << 20
    /// Registers that an outcome which is told again adds to births: so that it fits into an answer
    /// whatever was written since. For the rest its table is compared.
    package static let outcomeItemsAddedMax = 20_000
    /// Bytes of one commit: a full change-set and half of that again for the conflicts that it
    /// makes. Further ones follow in commits of their own.
    package static let commitBytesMax = Limits.changeSetBytesMax * 3 / 2
    /// Room in an answer for everything but outcomes and commits: its cursors, its portfolios.
    package static let answerHeadBytes = 64 << 10
    /// Rows that `GET /v1/digest` lists one by one rather than as ranges: an answer under 4 KiB.
    package static let rangeRowsMax = 64
    /// Bytes of whole rows in one answer of `GET /v1/rows`; the first always fits.
    package static let fetchedBytesMax = 4 << 20
    /// How often the file is looked at for commits of other processes while anyone waits, in
    /// milliseconds.
    package static let pollMilliseconds = 500
    /// How long what is known of who was seen may wait to be written, in seconds: it costs an
    /// `fsync` and is only read by people.
    package static let seenDelaySeconds = 5
    /// Connections that answer requests: as many as the smallest machine has cores.
    package static let readers = 2
    /// Snapshots that are built at the same time: each keeps one core and the disk busy.
    package static let snapshotBuildsMax = 2
    /// A snapshot is given to others while it is not older than so many commits: a first sync
    /// brings them in one answer.
    package static let snapshotCommitsMax: Int64 = 1_000
    /// A snapshot is given to others while it is not older than this, in milliseconds.
    package static let snapshotAgeMillisecondsMax: Int64 = 600_000
    /// No other snapshot of the same portfolios is built before the last one is as old as this, in
    /// milliseconds, however many commits have come: whoever writes fast would fill the disk.
    package static let snapshotRestMilliseconds: Int64 = 120_000
    /// Snapshots of the same portfolios that are kept: the newest, and those that a download of the
    /// last minutes may still need.
    package static let snapshotsPerSetMax = 3
    /// A file that was read within this time is kept for a download that goes on, in milliseconds.
    package static let snapshotKeptMilliseconds: Int64 = 3_600_000
    /// What a graceful stop waits for requests in progress, in seconds: as long as a full request
    /// needs over a bad line.
    package static let stopGraceSeconds = 10
}
