import Foundation
import Testing

/// The page `Protocol/openapi.yaml`, read by a validator and held against the running server.
@Suite("the OpenAPI page", .ownThreads, .timeLimit(.minutes(5)))
struct OpenAPITests {
    @Test("is valid, and two different digest answers match one schema only where both are empty")
    func valid() throws {
        let folder = try Folder()
        let script = """
            import json, sys, yaml
            from jsonschema import Draft202012Validator
            from openapi_spec_validator import validate
            page = yaml.safe_load(open(sys.argv[1]))
            validate(page)
            schemas = page["components"]["schemas"]
            def fits(name, value):
                return Draft202012Validator(
                    {"$ref": f"#/components/schemas/{name}", "components": page["components"]}
                ).is_valid(value)
            cursor = ["0" * 32, 5, "0" * 64]
            total, row, part = ["MT", 7, 3, "a" * 32], ["MT", "b" * 32], ["", "MT", 9, "c" * 32]
            told = [{"1": cursor, "2": [total]}, {"1": cursor, "2": [part]},
                    {"1": cursor, "3": [row]}, {"1": cursor, "2": [part], "3": [row]},
                    {"1": cursor}]
            print(json.dumps([[fits("DigestAnswer", t), fits("RangeAnswer", t)] for t in told]))
            """
        let answer = try folder.run(
            Programs.pythonWithCBOR,
            ["-c", script, "\(Programs.repository)/Protocol/openapi.yaml"]
        ).expect(0)
        #expect(
            answer.output.trimmingCharacters(in: .whitespacesAndNewlines)
                == "[[true, false], [false, true], [false, true], [false, false], [true, true]]")
    }

    @Test(
        "every refusal that the server makes is declared for its operation, with its content type")
    func declared() throws {
        let firm = try Firm()
        let server = try firm.running()
        let operations = try Self.operations(in: firm.folder)
        #expect(operations.count == 8)
        var seen: Set<String> = []
        for operation in operations {
            let (method, path) = (operation.method, operation.path)
            let long = String(repeating: "a", count: 3_000)
            let requests = [
                "\(method) \(path)?\(long) HTTP/1.1\r\nHost: a\r\n\r\n",
                "\(method) \(path) HTTP/3.0\r\nHost: a\r\n\r\n",
                "\(method) \(path) HTTP/1.1\r\n\r\n",
                "\(method) \(path) HTTP/1.1\r\nHost: a\r\n"
                    + "X: \(String(repeating: "a", count: 17_000))\r\n\r\n",
                "\(method) \(path) HTTP/1.1\r\nHost: a\r\nExpect: rain\r\n"
                    + "Content-Length: 1\r\n\r\nx",
                "\(method) \(path) HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n",
                "\(method) \(path) HTTP/1.1\r\nHost: a\r\nContent-Length: 9000000\r\n\r\n",
                "\(method) \(path) HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
                "\(method) \(path)?x=y HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n"
                    + "Content-Type: application/cbor\r\n\r\nx",
            ]
            for request in requests {
                let socket = try Socket(port: server.port)
                socket.send(Array(request.utf8))
                var reader = HTTPReader(socket)
                let answered = reader.next(seconds: 30)
                let answer = try #require(answered, "\(request.prefix(80))")
                // Parameters such as the charset are no part of the type (RFC 9110, section 8.3.1).
                let type =
                    answer.field("Content-Type").map { String($0.prefix { $0 != ";" }) } ?? ""
                let declared = operation.answers["\(answer.status)"] ?? []
                #expect(
                    declared.contains(type),
                    "\(method) \(path): \(answer.status) as \(type), declared \(declared)")
                seen.insert("\(answer.status)")
            }
        }
        #expect(
            seen.isSuperset(of: ["400", "401", "413", "414", "417", "431", "501", "505"]), "\(seen)"
        )
    }

    private struct Operation: Decodable {
        let method: String
        let path: String
        let answers: [String: [String]]
    }

    private static func operations(in folder: Folder) throws -> [Operation] {
        let script = """
            import json, sys, yaml
            page = yaml.safe_load(open(sys.argv[1]))
            def types(answer):
                if "$ref" in answer:
                    answer = page["components"]["responses"][answer["$ref"].rsplit("/", 1)[1]]
                return list(answer.get("content", {}))
            print(json.dumps([
                {"method": method.upper(), "path": path,
                 "answers": {s: types(a) for s, a in operation["responses"].items()}}
                for path, methods in page["paths"].items()
                for method, operation in methods.items()]))
            """
        let answer = try folder.run(
            Programs.pythonWithCBOR,
            ["-c", script, "\(Programs.repository)/Protocol/openapi.yaml"]
        ).expect(0)
        return try JSONDecoder().decode([Operation].self, from: Data(answer.output.utf8))
    }
}
