internal import RientroProtocol

/// Something to do for an office, planned by a close.
struct PlannedTask: Equatable {
    /// Made from what the task is about, so that whoever plans it again plans the same row.
    let id: String
    let cause: TaskLine.Cause
    let account: String
    let branch: String
    let kind: String
    let dueOn: String
    let assignee: String?
    let note: String

    static func id(_ cause: TaskLine.Cause, about subject: String) -> String {
        RowID.derived(from: Array("rientro task\n\(cause.rawValue)\n\(subject)".utf8))
    }
}

/// A task of an earlier close that is taken back, since what it was about is no longer so.
struct CancelledTask: Equatable {
    let id: String
    let cause: TaskLine.Cause
    let branch: String
    let reason: String
}

extension PlannedTask {
    var values: [String: Value] {
        [
            "account_id": .text(account), "kind": .text(kind), "due_on": .text(dueOn),
            "assignee": assignee.map { .text($0) } ?? .null, "note": .text(note),
        ]
    }
}
