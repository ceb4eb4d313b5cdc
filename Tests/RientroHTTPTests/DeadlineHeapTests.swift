import Testing

@testable import RientroHTTP

@Suite("the heap of deadlines")
struct DeadlineHeapTests {
    @Test("gives up entries in order, and only those that are due")
    func order() {
        var generator = SeededGenerator(state: 42)
        var heap = DeadlineHeap()
        let moments = (0..<1_000).map { _ in Int64.random(in: 0..<500, using: &generator) }
        for (slot, moment) in moments.enumerated() {
            heap.insert(DeadlineHeap.Entry(moment: Moment(milliseconds: moment), slot: slot))
        }
        var taken: [Int64] = []
        while let entry = heap.removeDue(at: Moment(milliseconds: 250)) {
            #expect(moments[entry.slot] == entry.moment.milliseconds)
            taken.append(entry.moment.milliseconds)
        }
        #expect(taken == moments.filter { $0 <= 250 }.sorted())
        #expect(heap.count == 1_000 - taken.count)
        #expect(heap.earliest?.milliseconds == moments.filter { $0 > 250 }.min())
    }

    @Test("a connection that serves many requests has one entry, not one for each")
    func lazy() {
        var table = ConnectionTable()
        let token = table.reserveToken()
        let first = table.schedule(Moment(milliseconds: 30_000), for: token)
        #expect(first != nil)
        #expect(table.schedule(Moment(milliseconds: 30_001), for: token) == nil)
        let earlier = table.schedule(Moment(milliseconds: 10_000), for: token)
        #expect(earlier?.moment == Moment(milliseconds: 10_000))
        #expect(first.map { table.unschedule($0) } == false)
        #expect(earlier.map { table.unschedule($0) } == true)
        #expect(table.schedule(Moment(milliseconds: 40_000), for: token) != nil)
    }

    @Test("a token of a connection that is gone leads to no other, though its slot is used again")
    func tokens() {
        var table = ConnectionTable()
        let first = table.reserveToken()
        table.release(first)
        let second = table.reserveToken()
        #expect(first != second)
        #expect(table[first] == nil)
        #expect(table[UInt64.max - 7] == nil)
    }
}
