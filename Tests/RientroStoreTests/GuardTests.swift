import Foundation
import RientroSQLite
import Testing

@Suite("The guards against every way that SQL has to write", .timeLimit(.minutes(3)))
struct GuardTests {
    @Test("a form of SQL is refused whole or captured exactly", arguments: GuardForm.all)
    func form(_ form: GuardForm) throws {
        switch form.tool {
        case .shell: try judge(form, .shell(form.text))
        case .python: try judge(form, .python(form.text))
        case .both:
            try judge(form, .shell(form.text))
            try judge(
                form,
                .python(
                    """
                    db = sqlite3.connect(PATH, isolation_level=None)
                    db.executescript(\"\"\"\(form.text)\"\"\")
                    """))
        }
    }

    @Test("no two forms have the same name, and there are at least seventy")
    func namesAreDistinct() {
        #expect(Set(GuardForm.all.map(\.name)).count == GuardForm.all.count)
        #expect(GuardForm.all.count >= 70)
    }

    private func judge(_ form: GuardForm, _ program: ReplicaFile.Program) throws {
        let file = try ReplicaFile()
        // Its folder goes with it, and a name alone does not hold it.
        defer { withExtendedLifetime(file) {} }
        let before = try ReplicaFile.beginning.get()
        let start = now()
        let outcome = try file.run(program)
        // SQL's clock reads the same clock, rounded to the nearest millisecond.
        let window = (start - 1)...(now() + 1)
        let after = try FileState(file.file.path)
        let said = Comment(rawValue: "\(form.name), \(program): \(outcome)")
        let findings = try CaptureAudit(before: before, after: after, window: window).findings()
        #expect(findings == [], said)
        switch form.expectation {
        case .refused(let sentence):
            #expect(!outcome.isSuccess, said)
            #expect(outcome.complaint.contains(sentence), said)
            #expect(before == after, said)
        case .captured(let entries):
            #expect(outcome.isSuccess, said)
            #expect(outcome.complaint == "", said)
            #expect(after.captured == entries, said)
        case .partly(let sentence, let entries):
            #expect(!outcome.isSuccess, said)
            #expect(outcome.complaint.contains(sentence), said)
            #expect(after.captured == entries, said)
        }
    }

    private func now() -> Int64 { Int64(Date().timeIntervalSince1970 * 1000) }
}
