import Testing

@testable import RientroHTTP

@Suite("limits")
struct HTTPLimitsTests {
    @Test("that are the defaults agree with each other")
    func defaults() {
        let limits = HTTPLimits()
        limits.checkInvariants()
        #expect(limits.requestLineBytesMax < limits.headBytesMax)
        #expect(limits.inlineBodyBytesMax < limits.bodyBytesMax)
        #expect(limits.bodyBytesMax * 10 <= limits.heldBytesMax)
        #expect(limits.connectionsPerPeerMax == nil)
    }

    @Test("that contradict each other stop the program before it serves")
    func contradictory() async {
        await #expect(processExitsWith: .failure) {
            var limits = HTTPLimits()
            limits.headBytesMax = limits.targetBytesMax
            _ = HTTPServer(listen: try HTTPAddress("127.0.0.1:0"), limits: limits, handler: echo)
        }
    }
}
