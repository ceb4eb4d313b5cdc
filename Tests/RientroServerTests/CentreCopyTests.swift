import Foundation
import RientroProtocol
import RientroSQLite
import RientroServer
import Testing

@Suite("a copy of the centre")
struct CentreCopyTests {
    private func names(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    }

    @Test("a verified copy has the same commit and rows, and replaces the one before whole")
    func verified() throws {
        let test = try TestCentre()
        let folder = test.folder.path + "/copies"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: false)
        let path = folder + "/centre.sqlite"
        var stages: Set<CentreCopy.Stage> = []
        let first = try CentreCopy.make(of: test.centre, at: path, isVerified: true) {
            stage, _, _ in
            stages.insert(stage)
        }
        #expect(stages.count == 3)
        let engine = try test.centre.engine()
        try engine.db.transaction {
            _ = try engine.act(now: World.now()) { act in
                try act.insert("portfolio", id: "NEW", ["name": .text("New")])
            }
        }
        // A killed run leaves its part, which is no copy.
        try Data("half".utf8).write(to: URL(fileURLWithPath: path + ".part"))
        let second = try CentreCopy.make(of: test.centre, at: path, isVerified: true)
        #expect(second.cursor == (try engine.cursor()))
        #expect(second.cursor.commit == first.cursor.commit + 1)
        #expect(second.rows == first.rows + 1)
        let copy = try CentreEngine(db: try Connection(path: path, mode: .readOnly))
        #expect(try copy.db.text("SELECT name FROM portfolio WHERE id = 'NEW'") == "New")
        #expect(try names(folder) == ["centre.sqlite"])
    }

    @Test("a copy that cannot be put into place leaves nothing") func nowhere() throws {
        let test = try TestCentre()
        #expect(throws: CentreError.self) {
            try CentreCopy.make(
                of: test.centre, at: test.folder.path + "/none/copy.sqlite", isVerified: false)
        }
        let folder = test.folder.path + "/taken"
        try FileManager.default.createDirectory(
            atPath: folder + "/copy.sqlite", withIntermediateDirectories: true)
        #expect(throws: CentreError.self) {
            try CentreCopy.make(
                of: test.centre, at: folder + "/copy.sqlite", isVerified: false)
        }
        #expect(try names(folder) == ["copy.sqlite"])
    }

    @Test("two processes cannot close a day at once, and closing hinders no server") func locks()
        throws
    {
        let test = try TestCentre()
        let closing = try test.centre.lock(for: .closing)
        #expect(throws: CentreError.isClosing(path: test.centre.folder)) {
            try test.centre.lock(for: .closing)
        }
        // Its server has been running all along.
        #expect(try test.centre.isServing())
        withExtendedLifetime(closing) {}
    }
}
