import Testing

@testable import RientroServer

@Suite("the gate before the writer", .timeLimit(.minutes(1)))
struct PushGateTests {
    private struct Refusal: Error {}

    private let full = ServerLimits.pushedBytesMax
    private let large = ServerLimits.smallPushBytesMax + 1

    private func waitUntil(_ gate: PushGate, has count: Int) async throws {
        while gate.waiting != count { try await Task.sleep(for: .milliseconds(1)) }
    }

    @Test("large pushes wait while one fills the gate, then go in as they came; small ones pass")
    func order() async throws {
        let gate = PushGate()
        let (release, releasing) = AsyncStream<Void>.makeStream()
        let (entered, entering) = AsyncStream<Int>.makeStream()
        let first = Task {
            await gate.pass(bytes: full) {
                entering.yield(1)
                for await _ in release {}
            }
        }
        var order = entered.makeAsyncIterator()
        #expect(await order.next() == 1)
        let second = Task { await gate.pass(bytes: full) { _ = entering.yield(2) } }
        try await waitUntil(gate, has: 1)
        // There would be room for this one, once the first is out, beside nothing but itself.
        let third = Task { await gate.pass(bytes: large) { _ = entering.yield(3) } }
        try await waitUntil(gate, has: 2)
        #expect(await gate.pass(bytes: ServerLimits.smallPushBytesMax) { "passed" } == "passed")
        #expect(gate.waiting == 2)
        releasing.finish()
        #expect(await order.next() == 2)
        #expect(await order.next() == 3)
        for task in [first, second, third] { await task.value }
        #expect(gate.waiting == 0)
    }

    @Test("several that fit together are inside together")
    func together() async {
        let gate = PushGate()
        await confirmation(expectedCount: 1) { inside in
            await gate.pass(bytes: full / 2) {
                await gate.pass(bytes: full / 2) { inside() }
            }
        }
    }

    @Test("one that fails makes room for the next, and one that is too large goes in alone")
    func failure() async throws {
        let gate = PushGate()
        await #expect(throws: Refusal.self) {
            try await gate.pass(bytes: full) { throw Refusal() }
        }
        #expect(await gate.pass(bytes: full * 2) { true })
    }

    @Test("a database that never answered is asked, and one that did is trusted for a moment")
    func pulse() {
        let pulse = Pulse()
        #expect(!pulse.isFresh(at: 0))
        pulse.note(at: 1_000)
        #expect(pulse.isFresh(at: 1_000 + ServerLimits.pulseMilliseconds - 1))
        #expect(!pulse.isFresh(at: 1_000 + ServerLimits.pulseMilliseconds))
    }
}
