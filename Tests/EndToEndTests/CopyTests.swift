import Foundation
import Testing

/// Files may be copied or put back.
@Suite("copies", .ownThreads, .timeLimit(.minutes(10)))
struct CopyTests {
    @Test("a replica copied to a second place and used on both: both end with all rows, none twice")
    func cloned() throws {
        let firm = try Firm()
        let original = try firm.office("matera")
        try original.writeNotes(5, marked: "shared")
        try original.sync()
        try original.writeNotes(3, marked: "unsent")
        let copy = try copied(original, to: "copy", in: firm)
        try original.writeNotes(4, marked: "original")
        try copy.writeNotes(4, marked: "copy")
        for _ in 0..<3 {
            try original.run("sync").expect(0)
            try copy.run("sync").expect(0)
            try original.writeNotes(1, marked: "more of the original")
            try copy.writeNotes(1, marked: "more of the copy")
        }
        try agree([original, copy], firm, rows: 5 + 3 + 4 + 4 + 6)
        let numbers = try [original, copy].map { try $0.status()["replica"].number }
        #expect(Set(numbers).count == 2, "both go on as \(numbers)")
    }

    @Test("a replica put back from a copy gets back what it had sent, and loses nothing new")
    func putBack() throws {
        let firm = try Firm()
        let office = try firm.office("matera")
        try office.writeNotes(5, marked: "before")
        try office.sync()
        let copy = try copied(office, to: "yesterday", in: firm)
        try office.writeNotes(6, marked: "lost with the disk, but sent")
        try office.sync()
        // The disk is gone; yesterday's file takes its place, and work goes on before the sync.
        try copy.writeNotes(2, marked: "written before the first sync")
        try copy.run("sync").expect(0)
        try copy.writeNotes(1, marked: "after")
        try copy.run("sync").expect(0)
        try agree([copy], firm, rows: 5 + 6 + 2 + 1)
    }

    @Test("a copy that changed the same phone as its original leaves both values for a person")
    func samePhone() throws {
        let firm = try Firm()
        let original = try firm.office("matera")
        try original.sync()
        let copy = try copied(original, to: "copy", in: firm)
        let phone = try #require(
            try original.rows("SELECT id FROM contact_point WHERE kind <> 'email' ORDER BY id")
                .first)
        for (office, value) in [(original, "+390835111111"), (copy, "+390835222222")] {
            try Shell(firm.folder).answer(
                office.path, "UPDATE contact_point SET value = '\(value)' WHERE id = '\(phone)';"
            ).expect(0)
        }
        try original.run("sync").expect(0, 3)
        try copy.run("sync").expect(0, 3)
        try original.run("sync").expect(0, 3)
        for office in [original, copy] {
            let conflict = try office.rows("SELECT won, lost FROM conflicts").joined()
            #expect(conflict.contains("+390835111111") && conflict.contains("+390835222222"))
        }
        let values = try [original, copy].map {
            try $0.rows("SELECT value FROM contact_point WHERE id = '\(phone)'")
        }
        #expect(values[0] == values[1])
    }

    private func copied(_ office: Office, to name: String, in firm: Firm) throws -> Office {
        let path = firm.folder("\(name).replica")
        let files = FileManager.default
        for suffix in ["", "-wal", ".token"] where files.fileExists(atPath: office.path + suffix) {
            try files.copyItem(atPath: office.path + suffix, toPath: path + suffix)
        }
        #expect(files.fileExists(atPath: path + ".token"))
        return Office(folder: firm.folder, path: path, number: office.number)
    }

    /// Syncs twice round, and requires that all have these rows, none twice, and equal digests.
    private func agree(_ offices: [Office], _ firm: Firm, rows: Int) throws {
        for _ in 0..<2 {
            for office in offices { try office.run("sync").expect(0) }
        }
        let centre = try firm.rows("SELECT id, note FROM contact_attempt ORDER BY id")
        #expect(centre.count == rows, "\(centre.joined(separator: "\n"))")
        for office in offices {
            let own = try office.rows("SELECT id, note FROM contact_attempt ORDER BY id")
            #expect(own == centre)
            try office.verify()
        }
        #expect(Set(centre.map { $0.split(separator: "|")[0] }).count == rows)
        try firm.centre("verify").expect(0)
    }
}
