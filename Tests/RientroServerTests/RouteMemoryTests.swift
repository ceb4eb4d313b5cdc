import RientroProtocol
import Testing

@testable import RientroServer

@Suite("routes that are remembered between change-sets")
struct RouteMemoryTests {
    private let unit = Unit(table: 22, id: "01890000-0000-7000-8000-000000000001")
    private let other = Unit(table: 22, id: "01890000-0000-7000-8000-000000000002")

    @Test("what was looked up is known until another connection commits")
    func settles() {
        var memory = RouteMemory()
        memory.settle(at: 1)
        let kept1 = memory.keep(["MT"], of: unit)
        #expect(kept1)
        memory.settle(at: 1)
        #expect(memory[unit] == ["MT"])
        memory.settle(at: 2)
        #expect(memory[unit] == nil)
    }

    @Test("a unit whose route this connection opened is never kept: that may be undone")
    func own() {
        var memory = RouteMemory()
        let kept2 = memory.keep([], of: unit)
        #expect(kept2)
        memory.open(unit)
        #expect(memory[unit] == nil)
        let kept3 = memory.keep(["MT"], of: unit)
        #expect(!kept3)
        #expect(memory[unit] == nil)
        let kept4 = memory.keep(["PZ"], of: other)
        #expect(kept4)
        #expect(memory[other] == ["PZ"])
    }

    @Test("a process that imports keeps nothing")
    func importing() {
        var memory = RouteMemory()
        _ = memory.keep(["MT"], of: other)
        for number in 0..<20_000 { memory.open(Unit(table: 22, id: "\(number)")) }
        #expect(memory[other] == nil)
        let kept5 = memory.keep(["MT"], of: other)
        #expect(!kept5)
    }
}
