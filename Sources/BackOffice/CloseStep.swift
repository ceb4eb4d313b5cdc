/// One step of a close: what it reads, what it writes, what stops it, and how it is done.
///
/// Bank files, matching and what else the trade will bring are further values in `Close.steps`.
package struct CloseStep: Sendable {
    /// The names, in the order in which the steps are done.
    package enum Name: String, CaseIterable, Sendable {
        case watermark
        case proof
        case totals
        case review
        case fold
        case figures
        case work
        case record
        case report
        case backup
    }

    /// Its name.
    package let name: Name
    /// What it looks at.
    package let reads: String
    /// What it leaves behind.
    package let writes: String
    /// What keeps the close from going on.
    package let stops: String

    /// Does it, and returns what it counted. Throws `CloseError`, `CentreError`, `SQLiteError`.
    let run: @Sendable (Close, @escaping CloseProgress) throws -> [CloseCount]
}

/// Told how much of a step is done, and of how much.
package typealias CloseProgress = (_ done: Int, _ total: Int) -> Void

/// Something that a step counted.
package struct CloseCount: Equatable, Sendable {
    /// What was counted, as one word of a program: `late_offices`.
    package let name: String
    /// How many.
    package let value: Int64

    init(_ name: String, _ value: Int64) {
        self.name = name
        self.value = value
    }

    init(_ name: String, _ value: Int) { self.init(name, Int64(value)) }
}

/// What a finished step tells.
package struct CloseStepReport: Sendable {
    /// The step.
    package let step: CloseStep
    /// What it counted.
    package let counts: [CloseCount]
    /// How long it took.
    package let milliseconds: Int64
}
