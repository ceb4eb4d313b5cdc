import Testing

@testable import RientroStore

/// What is remembered of rows under a parent.
@Suite("rows under a parent")
struct CrowdsTests {
    @Test("nobody knows of a parent before its rows were counted, and then up to the bound")
    func upToTheBound() {
        var crowds = Crowds()
        let unknown = crowds.hasRoom(in: 1, under: "a", most: 3)
        // One stands there, and one is judged.
        crowds.note(2, in: 1, under: "a")
        let third = crowds.hasRoom(in: 1, under: "a", most: 3)
        // Three with the last: from here on the rows themselves are counted.
        let fourth = crowds.hasRoom(in: 1, under: "a", most: 3)
        let again = crowds.hasRoom(in: 1, under: "a", most: 3)
        // Some were not taken after all.
        crowds.note(1, in: 1, under: "a")
        let after = crowds.hasRoom(in: 1, under: "a", most: 3)
        #expect([unknown, third, fourth, again, after] == [false, true, false, false, true])
    }

    @Test("rows under a parent are counted once, and not for each new one")
    func countedOnce() throws {
        let file = try TillSchema.file()
        _ = try file.store.crowding(of: TillSchema.change(1))
        let known = file.store.crowds.hasRoom(in: 30, under: TillSchema.till(1), most: 3)
        let unknown = file.store.crowds.hasRoom(in: 30, under: TillSchema.till(2), most: 3)
        #expect(known && !unknown)
    }

    @Test("another table and another parent are counted by themselves")
    func apart() {
        var crowds = Crowds()
        crowds.note(1, in: 1, under: "a")
        let otherTable = crowds.hasRoom(in: 2, under: "a", most: 9)
        let otherParent = crowds.hasRoom(in: 1, under: "b", most: 9)
        let same = crowds.hasRoom(in: 1, under: "a", most: 9)
        #expect([otherTable, otherParent, same] == [false, false, true])
    }
}
