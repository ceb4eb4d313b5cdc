import Testing

@testable import RientroServer

@Suite("what waits for the writer")
struct WriterQueueTests {
    private func add(
        _ entry: String, to queue: inout WriterQueue<String>, line: Int64, bytes: Int
    ) -> Bool {
        queue.add(entry, line: line, bytes: bytes)
    }

    private func take(
        _ queue: inout WriterQueue<String>, at moment: Int64 = 0
    ) -> [String] {
        var group = WriterGroup(startedAt: 0)
        var taken: [String] = []
        while let entry = queue.next(for: &group, at: moment) { taken.append(entry) }
        return taken
    }

    private func next(_ queue: inout WriterQueue<String>, _ group: inout WriterGroup) -> String? {
        queue.next(for: &group, at: 0)
    }

    @Test("offices take turns, and each keeps its own order")
    func roundRobin() {
        var queue = WriterQueue<String>()
        for entry in ["a1", "a2", "a3", "b1", "b2", "c1"] {
            let office = Int64(entry.utf8.first ?? 0)
            #expect(add(entry, to: &queue, line: office, bytes: 1))
        }
        #expect(take(&queue) == ["a1", "b1", "c1", "a2", "b2", "a3"])
        #expect(queue.count == 0)
        #expect(queue.bytes == 0)
    }

    @Test("an office that comes back stands behind those who wait")
    func comesBack() {
        var queue = WriterQueue<String>()
        var group = WriterGroup(startedAt: 0)
        _ = add("a1", to: &queue, line: 1, bytes: 1)
        _ = add("b1", to: &queue, line: 2, bytes: 1)
        #expect(next(&queue, &group) == "a1")
        _ = add("a2", to: &queue, line: 1, bytes: 1)
        #expect(next(&queue, &group) == "b1")
        #expect(next(&queue, &group) == "a2")
        #expect(next(&queue, &group) == nil)
    }

    @Test("a group ends at its bytes, its requests and its time; the rest waits for the next")
    func bounded() {
        var queue = WriterQueue<String>()
        let half = ServerLimits.groupBytesMax / 2
        for office in 1...3 { _ = add("big", to: &queue, line: Int64(office), bytes: half) }
        #expect(take(&queue).count == 2)
        #expect(take(&queue).count == 1)
        for office in 0...ServerLimits.groupRequestsMax {
            _ = add("small", to: &queue, line: Int64(office), bytes: 1)
        }
        #expect(take(&queue).count == ServerLimits.groupRequestsMax)
        #expect(take(&queue).count == 1)
        for office in 1...3 { _ = add("late", to: &queue, line: Int64(office), bytes: 1) }
        #expect(take(&queue, at: ServerLimits.groupMilliseconds).count == 1)
        #expect(queue.count == 2)
    }

    @Test("what is larger than a group goes alone, and is never stuck")
    func large() {
        var queue = WriterQueue<String>()
        #expect(add("huge", to: &queue, line: 1, bytes: ServerLimits.waitingBytesMax + 1))
        #expect(!add("small", to: &queue, line: 2, bytes: 1))
        #expect(take(&queue) == ["huge"])
        #expect(add("small", to: &queue, line: 2, bytes: 1))
    }

    @Test("beyond its limits the queue refuses, and takes again when it has been emptied")
    func full() {
        var queue = WriterQueue<String>()
        for index in 0..<ServerLimits.waitingRequestsMax {
            #expect(add("x", to: &queue, line: Int64(index), bytes: 0))
        }
        #expect(!add("x", to: &queue, line: 0, bytes: 0))
        _ = take(&queue)
        #expect(add("x", to: &queue, line: 0, bytes: 0))
    }
}
