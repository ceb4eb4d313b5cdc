import RientroHTTP
import Testing

@testable import RientroServer

@Suite("enrolment codes that are tried")
struct CodeGuessesTests {
    private func wrong(_ guesses: CodeGuesses, from source: String, at now: Int64) throws {
        try guesses.begin(from: source, at: now).wasWrong(at: now)
    }

    private func request(_ peer: String, _ told: String...) -> HTTPRequest {
        var fields = HTTPFields()
        for value in told { try? fields.add("X-Forwarded-For", value) }
        return HTTPRequest(method: "POST", path: "/v1/enrol", fields: fields, peer: peer)
    }

    @Test("after ten wrong codes within a minute a source has to wait for the rest of it, alone")
    func window() throws {
        let guesses = CodeGuesses(metrics: Metrics())
        for index in 0..<ServerLimits.wrongCodesPerMinuteMax {
            try wrong(guesses, from: "a", at: 1_000 + Int64(index))
        }
        #expect(throws: Problem.tooManyCodes(retryAfterSeconds: 50)) {
            try guesses.begin(from: "a", at: 11_000)
        }
        #expect(throws: Problem.tooManyCodes(retryAfterSeconds: 1)) {
            try guesses.begin(from: "a", at: 60_999)
        }
        #expect(throws: Never.self) { try guesses.begin(from: "b", at: 11_000) }
        #expect(throws: Never.self) { try wrong(guesses, from: "a", at: 61_000) }
        // The next place is free a millisecond later: each counts for a minute from its own time.
        #expect(throws: Problem.self) { try guesses.begin(from: "a", at: 61_000) }
        #expect(throws: Never.self) { try guesses.begin(from: "a", at: 61_001) }
    }

    @Test("codes that are being judged count as wrong ones until it is known")
    func atOnce() throws {
        let guesses = CodeGuesses(metrics: Metrics())
        try wrong(guesses, from: "a", at: 0)
        var judged = try (1..<ServerLimits.wrongCodesPerMinuteMax).map { _ in
            try guesses.begin(from: "a", at: 0)
        }
        #expect(throws: Problem.tooManyCodes(retryAfterSeconds: 1)) {
            try guesses.begin(from: "a", at: 0)
        }
        // One of them was right.
        judged.removeLast()
        #expect(throws: Never.self) { try guesses.begin(from: "a", at: 0) }
        withExtendedLifetime(judged) {}
    }

    @Test("ten codes are judged at once, from everybody together")
    func together() throws {
        let guesses = CodeGuesses(metrics: Metrics())
        var judged = try (0..<ServerLimits.codesJudgedMax).map {
            try guesses.begin(from: "source \($0)", at: 0)
        }
        #expect(throws: Problem.tooManyCodes(retryAfterSeconds: 1)) {
            try guesses.begin(from: "another", at: 0)
        }
        judged.removeLast()
        #expect(throws: Never.self) { try guesses.begin(from: "another", at: 0) }
        withExtendedLifetime(judged) {}
    }

    @Test("right codes leave nothing behind, wrong ones a minute long, and sources are bounded")
    func memory() throws {
        let guesses = CodeGuesses(metrics: Metrics())
        _ = try guesses.begin(from: "right", at: 0)
        #expect(guesses.sources == 0)
        for index in 0..<ServerLimits.codeSourcesMax {
            try wrong(guesses, from: "\(index)", at: 0)
        }
        #expect(guesses.sources == ServerLimits.codeSourcesMax)
        #expect(throws: Problem.tooManyCodes(retryAfterSeconds: 1)) {
            try guesses.begin(from: "new", at: 59_999)
        }
        #expect(throws: Never.self) { try guesses.begin(from: "0", at: 59_999) }
        // All are looked through once a second.
        #expect(throws: Problem.self) { try guesses.begin(from: "new", at: 60_998) }
        #expect(throws: Never.self) { try guesses.begin(from: "new", at: 60_999) }
        #expect(guesses.sources == 0)
    }

    @Test("a source is the other end of the connection, or what a proxy on this machine tells last")
    func source() {
        #expect(CodeGuesses.source(of: request("192.0.2.1")) == "192.0.2.1")
        #expect(CodeGuesses.source(of: request("192.0.2.1", "10.0.0.1")) == "192.0.2.1")
        #expect(CodeGuesses.source(of: request("127.0.0.1")) == "127.0.0.1")
        #expect(CodeGuesses.source(of: request("127.0.0.1", "10.0.0.1")) == "10.0.0.1")
        #expect(CodeGuesses.source(of: request("::1", "10.0.0.9, 10.0.0.2")) == "10.0.0.2")
        #expect(CodeGuesses.source(of: request("::1", "10.0.0.3", "10.0.0.4")) == "10.0.0.4")
        #expect(CodeGuesses.source(of: request("127.0.0.1", " ")) == "127.0.0.1")
        let most = String(repeating: "a", count: ServerLimits.sourceBytesMax)
        #expect(CodeGuesses.source(of: request("127.0.0.1", most)) == most)
        #expect(CodeGuesses.source(of: request("127.0.0.1", most + "a")) == "127.0.0.1")
    }
}
