import Foundation
import Glibc
import Testing

/// Many connections that say nothing, and a server that has no descriptors left for more.
@Suite("many connections", .patientThreads, .timeLimit(.minutes(10)))
struct DescriptorTests {
    @Test("a thousand idle connections keep nobody out, cost little, and are closed in the end")
    func idle() throws {
        let firm = try Firm()
        let offices = [try firm.office("matera"), try firm.office("milano")]
        #expect(try firm.running().stop() == .exit(0))
        // What most machines give a program: not enough for all that it may have to hold.
        let server = try firm.serve(descriptors: "1024:4096")
        let before = ProcessMemory.peak(server.child.pid)
        let begin = Date()
        let flood = try Flood(1_000, port: server.port)
        for round in 0..<3 {
            for office in offices {
                let start = Date()
                try office.writeNotes(50, marked: "r\(round) \(office.number)")
                try office.sync()
                #expect(Date().timeIntervalSince(start) < 10, "an office had to wait")
            }
        }
        #expect(flood.openCount() == 1_000, "they were closed before their time")
        let after = ProcessMemory.peak(server.child.pid)
        print(
            "1,000 idle connections: \(ProcessMemory.text(before)) before,"
                + " \(ProcessMemory.text(after)) with them")
        // 16 KiB for each, and what the syncs needed.
        #expect(after - before < 1_000 * (16 << 10) + (32 << 20))
        #expect(after < ProcessMemory.serverBytesMax)
        // The limit is 30 s; the rest is a machine that has much to do.
        while flood.openCount() > 0, Date().timeIntervalSince(begin) < 50 { usleep(100_000) }
        #expect(flood.openCount() == 0)
        #expect(Date().timeIntervalSince(begin) > 25, "they were closed too early")
        for office in offices.reversed() {
            try office.sync()
            try office.verify()
        }
        #expect(try firm.rows("SELECT count(*) FROM contact_attempt") == ["300"])
    }

    @Test("without descriptors the server says so once, neither spins nor ends, and recovers")
    func exhausted() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        let milano = try firm.office("milano")
        #expect(try firm.running().stop() == .exit(0))
        let server = try firm.serve(descriptors: "48:48")
        try matera.writeNotes(20, marked: "first")
        try matera.sync()
        let flood = try Flood(100, port: server.port)
        try matera.writeNotes(2_000, marked: "cut")
        let sync = try matera.start("sync")
        usleep(1_500_000)
        let used = ProcessMemory.processorSeconds(server.child.pid)
        usleep(2_000_000)
        let idle = ProcessMemory.processorSeconds(server.child.pid) - used
        #expect(idle < 0.5, "\(idle) s of processor time in 2 s: it spins")
        #expect(!server.child.hasEnded(), "\(server.child.errors)")
        #expect(!sync.hasEnded(), "nobody could have served it: \(sync.output) \(sync.errors)")
        // The branch is cut off while it waits.
        sync.kill(SIGKILL)
        try sync.wait(seconds: 10)
        let lines = server.child.errors.split(separator: "\n")
            .filter { $0.contains("event=out_of_descriptors") }
        #expect((1...3).contains(lines.count), "\(server.child.errors)")
        flood.close(90)
        try matera.sync()
        #expect(
            try firm.rows("SELECT count(*), count(DISTINCT note) FROM contact_attempt") == [
                "2020|2020"
            ])
        flood.close(100)
        try milano.writeNotes(5, marked: "milano")
        try milano.sync()
        try matera.sync()
        for office in [matera, milano] {
            #expect(try office.rows("SELECT count(*) FROM contact_attempt") == ["2025"])
            try office.verify()
        }
        #expect(try server.ask(.request("GET", "/healthz")).status == 200)
        #expect(server.child.errors.contains("event=accepting_again"))
        #expect(try server.stop() == .exit(0))
    }

    @Test("a push that takes the last descriptor is merged or refused, whole, and goes later")
    func last() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        #expect(try firm.running().stop() == .exit(0))
        let server = try firm.serve(descriptors: "48:48")
        let flood = try Flood(100, port: server.port)
        try matera.writeNotes(9_000, marked: "nota")
        // The backlog is taken in turn: what is closed makes room for those that wait.
        usleep(300_000)
        let sync = try matera.start("sync")
        usleep(300_000)
        while !sync.hasEnded(), !flood.sockets.isEmpty {
            flood.close(1)
            usleep(30_000)
        }
        let end = try sync.wait(seconds: 60)
        #expect(end == .exit(0) || end == .exit(1) || end == .exit(4), "\(sync.errors)")
        let there = try firm.rows("SELECT count(*) FROM contact_attempt")
        #expect(end == .exit(0) ? there == ["9000"] : ["0", "9000"].contains(there[0]))
        #expect(!server.child.hasEnded(), "\(server.child.errors)")
        flood.close(100)
        try matera.sync()
        #expect(try firm.rows("SELECT count(*) FROM contact_attempt") == ["9000"])
        try matera.verify()
        try firm.centre("verify").expect(0)
    }
}
