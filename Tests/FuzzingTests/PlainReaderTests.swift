import Foundation
import RientroHTTP
import RientroProtocol
import RientroStore
import Testing

@testable import Fuzzing

/// The readers that the product's are held against, and the checks themselves, can be wrong too.
@Suite("the plain readers") struct PlainReaderTests {
    @Test("CBOR in its one form is read and written, and every other form refused")
    func cbor() throws {
        for hex in [
            "00", "17", "1818", "1903e8", "1b7fffffffffffffff", "3bffffffffffffffff", "f4", "f5",
            "f6", "40", "62c3a9", "80", "82018102", "a201024103f6", "a10af6",
        ] {
            let bytes = try #require(Hexadecimal.bytes(hex))
            #expect(PlainCBOR(bytes, depthMax: 4)?.encoded == bytes, "\(hex)")
        }
        for hex in [
            "", "1817", "190018", "18", "c001", "f7", "f90000", "5f", "9f", "62c328", "8201",
            "a1", "a2014002", "a2024001f6", "a201f601f6", "8181818180", "0000", "1c",
        ] {
            let bytes = try #require(Hexadecimal.bytes(hex))
            #expect(PlainCBOR(bytes, depthMax: 4) == nil, "\(hex)")
        }
    }

    @Test("a stream of requests is split where each ends")
    func http() {
        let chunked = "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n"
        let text =
            "GET /a?b HTTP/1.1\r\nHost: h\r\n\r\nPUT / HTTP/1.1\r\nhost:h\r\n"
            + "Content-Length: 3\r\n\r\nabcPOST / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n"
            + chunked
        let plain = PlainHTTP(Array(text.utf8), limits: HTTPLimits())
        #expect(plain.requests.map(\.method) == ["GET", "PUT", "POST"])
        #expect(plain.requests.map(\.body) == [[], Array("abc".utf8), Array("ab".utf8)])
        #expect(plain.requests.map(\.closes) == [false, false, true])
        #expect(plain.end == .clean)
        let cut = PlainHTTP(Array(text.utf8.dropLast()), limits: HTTPLimits())
        #expect(cut.requests.count == 2)
        #expect(cut.end == .unfinished)
        let wrong = PlainHTTP(Array((text + "GET /\r\n\r\n").utf8), limits: HTTPLimits())
        #expect(wrong.requests.count == 3)
        #expect(wrong.end == .wrong)
    }

    @Test("records of a CSV file lie where they lie")
    func csv() {
        let text = "\u{FEFF}a;\"b\r\nc\"\r\n\"d\"\"\";\re\n\"f"
        let plain = PlainCSV(Array(text.utf8), delimiter: 0x3B, columnsMax: 9)
        #expect(plain.records.map(\.line) == [1, 3, 4])
        #expect(plain.records.map(\.offset) == [3, 13, 20])
        #expect(
            plain.records.map { $0.fields.map { String(decoding: $0, as: UTF8.self) } }
                == [["a", "b\r\nc"], ["d\"", ""], ["e"]])
        #expect(plain.fault == .unclosedQuote(line: 5, column: 1))
    }

    @Test("every schema of the seeds that is taken makes tables")
    func schemas() throws {
        let check = SchemaCheck(tablesOneIn: 1)
        for json in SchemaSeeds.schemas {
            do throws(BrokenClaim) {
                try check.check(json)
            } catch {
                Issue.record("\(String(decoding: json, as: UTF8.self)): \(error)")
            }
        }
        let taken = SchemaSeeds.schemas.count { (try? Schema(json: $0)) != nil }
        #expect(taken >= 5)
    }

    @Test("a decoder that is too kind breaks a claim")
    func kindness() throws {
        let values = Value.encode([.integer(1), .text("a")])
        _ = try Decoding.check(values, Value.decode, Value.encode)
        #expect(throws: BrokenClaim.self) {
            try Decoding.check(
                values + [0],
                { bytes throws(MalformedMessage) in try Value.decode(bytes.dropLast()) },
                Value.encode)
        }
        #expect(throws: BrokenClaim.self) {
            try Decoding.check(values, Value.decode) { Value.encode($0.reversed()) }
        }
    }
}
