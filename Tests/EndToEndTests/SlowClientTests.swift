import Foundation
import Glibc
import Testing

/// Clients that take or give a byte now and then, while others work.
@Suite("slow clients", .patientThreads, .timeLimit(.minutes(10)))
struct SlowClientTests {
    @Test("a body sent one byte a second is cut off in time, and the offices sync meanwhile")
    func body() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        let server = try firm.running()
        let begin = Date()
        let socket = try Socket(port: server.port)
        // Nobody else's body is read at all.
        socket.send(
            Array(
                ("POST /v1/sync HTTP/1.1\r\nHost: a\r\nContent-Type: application/cbor\r\n"
                    + "Authorization: Bearer \(try matera.token())\r\n"
                    + "Content-Length: 4000000\r\n\r\n").utf8))
        var heard: [UInt8]?
        var syncs = 0
        while heard == nil, Date().timeIntervalSince(begin) < 40 {
            guard socket.send([0xa0]) else { break }
            heard = socket.receive(seconds: 1)
            try matera.writeNotes(1, marked: "sync \(syncs)")
            let start = Date()
            try matera.sync()
            #expect(Date().timeIntervalSince(start) < 5, "an office had to wait")
            syncs += 1
        }
        let answer = HTTPText(head: try #require(heard, "it was never cut off"), body: [])
        #expect(answer.status == 408, "\(answer.lines)")
        // The grace is 10 s; the rest is a machine that has much to do.
        #expect(Date().timeIntervalSince(begin) > 9 && Date().timeIntervalSince(begin) < 30)
        #expect(server.child.errors.contains("refused=body_too_slow status=408"))
        #expect(try firm.rows("SELECT count(*) FROM contact_attempt") == ["\(syncs)"])
        try matera.verify()
    }

    /// The status of an answer of which nothing was read yet.
    private static func status(_ reader: Socket) -> Int {
        HTTPText(head: reader.receive(seconds: 0, most: 13) ?? [], body: []).status
    }

    private static func tokens(_ count: Int, _ firm: Firm) throws -> [String] {
        try (0..<count).map { try firm.office("reader\($0)", ["MATERA", "POTENZA"]).token() }
    }

    /// A request for a snapshot's first piece.
    private static func piece(_ token: String) -> HTTPText {
        .request(
            "GET", "/v1/snapshot",
            fields: [("Authorization", "Bearer \(token)"), ("Range", "bytes=0-4194303")])
    }

    @Test("those who ask for much and take next to nothing hold bounded memory, and are cut off")
    func readers() throws {
        let firm = try Firm(portfolios: ["MATERA", "POTENZA"])
        let matera = try firm.office("matera")
        try matera.writeLongNotes(1_000)
        try matera.sync()
        // Another set of portfolios, so that its snapshot is made now, of several pieces.
        let milano = try firm.office("milano", ["MATERA", "POTENZA"])
        // One office has four pieces at a time: it takes many of them to fill the memory.
        let tokens = try Self.tokens(32, firm)
        let server = try firm.running()
        let before = (
            memory: ProcessMemory.peak(server.child.pid), files: server.child.descriptorCount
        )
        let begin = Date()
        // Twice the limit of 256 MiB, if each got its piece.
        let readers = try (0..<128).map { _ in try Socket(port: server.port, windowBytes: 4_096) }
        for (index, reader) in readers.enumerated() {
            reader.send(Self.piece(tokens[index % tokens.count]).bytes)
        }
        var syncs = 0
        var statuses: [Int] = []
        // An answer may stall for 30 s; the rest is a machine that has much to do.
        func areThere() -> Bool { server.child.descriptorCount > before.files + readers.count / 10 }
        while Date().timeIntervalSince(begin) < 6
            || (areThere() && Date().timeIntervalSince(begin) < 60)
        {
            if syncs < 10 {
                try matera.writeNotes(5, marked: "sync \(syncs)")
                let start = Date()
                try matera.sync()
                #expect(Date().timeIntervalSince(start) < 8, "an office had to wait")
                syncs += 1
            }
            usleep(1_000_000)
            if statuses.isEmpty, Date().timeIntervalSince(begin) > 5 {
                statuses = readers.map(Self.status)
            }
            _ = readers[0].receive(seconds: 0, most: 1)
        }
        let seconds = Date().timeIntervalSince(begin)
        let peak = ProcessMemory.peak(server.child.pid)
        print(
            "128 readers of 4 MiB that take next to nothing: \(ProcessMemory.text(before.memory))"
                + " before, \(ProcessMemory.text(peak)) with them, closed after \(Int(seconds)) s")
        #expect(!areThere(), "they are served for ever")
        #expect(seconds > 25, "they were cut off too early")
        #expect(peak < ProcessMemory.serverBytesMax)
        #expect(statuses.contains(206) && statuses.contains(503), "\(statuses)")
        #expect(statuses.allSatisfy { $0 == 206 || $0 == 503 }, "\(statuses)")
        for office in [milano, matera] {
            try office.sync()
            try office.verify()
        }
        let all = ["\(1_000 + 5 * syncs)"]
        #expect(try milano.rows("SELECT count(*) FROM contact_attempt") == all)
        #expect(try firm.rows("SELECT count(*) FROM contact_attempt") == all)
        // What they held is free again.
        try firm.office("potenza", ["MATERA", "POTENZA"]).verify()
    }
}

extension Office {
    /// The secret by which the centre knows the office, as the program sends it.
    func token() throws -> String {
        let text = try String(contentsOfFile: path + ".token", encoding: .utf8)
        guard let line = text.split(separator: "\n").last,
            // The incarnation, the token, and the addresses that it may be sent to.
            let token = line.split(separator: " ").dropFirst().first
        else { throw Failure("no token beside \(path)") }
        return String(token)
    }
}
