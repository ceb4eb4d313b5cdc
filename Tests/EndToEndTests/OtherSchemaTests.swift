import Foundation
import Testing

/// The engine knows tables only through the schema that the centre was made with.
@Suite("another schema", .ownThreads, .timeLimit(.minutes(10)))
struct OtherSchemaTests {
    @Test(
        "a centre made with other tables serves them: written by the shell, synced, proven"
    )
    func serves() throws {
        let folder = try Folder()
        let schema = try folder.write("schema.json", SmallSchema.json)
        let centre = folder("centre")
        try folder.run(Programs.centre, ["init", centre, "--schema", schema]).expect(0)
        let server = try ServerProcess(centre, in: folder)
        let offices = try ["north", "south"].map { name in
            let added = try folder.run(
                Programs.centre,
                ["replica", "add", centre, "--name", name, "--portfolio", "SHOP", "--json"]
            ).expect(0).json()
            let office = Office(
                folder: folder, path: folder("\(name).replica"),
                number: try #require(added["replica"].number))
            let code = try #require(added["code"].text)
            try office.run("init", "--server", server.url, "--code", code).expect(0)
            return office
        }
        let (north, south) = (offices[0], offices[1])
        try Shell(folder).answer(
            north.path,
            """
            INSERT INTO shelf(shop, label) VALUES ('SHOP', 'door');
            INSERT INTO count(shelf_id, pieces) SELECT id, 12 FROM shelf;
            """
        ).expect(0)
        try north.sync()
        try south.sync()
        #expect(try south.rows("SELECT label, pieces FROM shelves") == ["door|12"])
        try Shell(folder).answer(
            south.path,
            """
            INSERT INTO count(shelf_id, pieces) SELECT id, 3 FROM shelf;
            UPDATE shelf SET label = 'window', metres = 4;
            """
        ).expect(0)
        try Shell(folder).answer(north.path, "UPDATE shelf SET label = 'gate';").expect(0)
        try south.sync()
        try north.run("sync").expect(3).says("conflict")
        try south.run("sync").expect(3)
        #expect(try north.rows("SELECT pieces FROM shelves") == ["15"])
        for office in offices {
            let conflict = try office.rows("SELECT won, lost FROM conflicts").joined()
            #expect(conflict.contains("gate") && conflict.contains("window"))
            try office.run("verify").expect(0)
        }
        try north.run("debtors").expect(1, 2)
        try folder.run(Programs.centre, ["portfolio", "add", centre, "X", "--name", "X"])
            .expect(1, 2)
        try folder.run(Programs.centre, ["verify", centre]).expect(0)
        #expect(try server.stop() == .exit(0))
    }

    @Test("a bad schema is refused with the reason, and leaves no centre behind")
    func refused() throws {
        let folder = try Folder()
        let bad: [(String, String, String)] = [
            ("not JSON", "{", ""),
            ("an unknown word", SmallSchema.json.replacing("isRequired", with: "isRequird"), ""),
            (
                "a number twice",
                SmallSchema.json.replacing("\"number\": 12", with: "\"number\": 11"), ""
            ),
            (
                "a parent that is no table",
                SmallSchema.json.replacing("\"table\": \"shelf\"", with: "\"table\": \"shelv\""),
                "shelv"
            ),
        ]
        for (name, text, word) in bad {
            let schema = try folder.write("bad.json", text)
            let answer = try folder.run(
                Programs.centre, ["init", folder("centre"), "--schema", schema])
            #expect(answer.exit == 1 || answer.exit == 2, "\(name): \(answer)")
            #expect(!answer.errors.isEmpty)
            answer.says(word)
            #expect(!FileManager.default.fileExists(atPath: folder("centre/centre.sqlite")))
        }
    }
}
