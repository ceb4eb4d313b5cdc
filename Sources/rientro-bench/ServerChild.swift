import Foundation
import Glibc
import RientroClient

/// `rientro-server serve`, as it is shipped, in a process of its own: so its CPU time and memory
/// are not mixed with those of the clients. It is the one beside the benchmark's own program.
final class ServerChild {
    private let child: ChildProgram
    let port: UInt16

    /// How long a server may take until it listens, in tries of 5 ms: half a minute.
    private static let triesMax = 6_000

    init(centre folder: String, in scene: String) throws {
        let program = try Self.program()
        child = try ChildProgram(
            [program, "serve", folder, "--listen", "127.0.0.1:0"], in: scene)
        var tries = 0
        while true {
            let line = child.output.split(separator: "\n").first ?? ""
            if let colon = line.lastIndex(of: ":"),
                let port = UInt16(line[line.index(after: colon)...])
            {
                self.port = port
                return
            }
            tries += 1
            guard !child.hasEnded(), tries < Self.triesMax else {
                throw BenchError.failed(program: "rientro-server")
            }
            usleep(5_000)
        }
    }

    private static func program() throws -> String {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        let path = URL(filePath: own ?? CommandLine.arguments[0]).deletingLastPathComponent()
            .appending(path: "rientro-server").path
        guard access(path, X_OK) == 0 else { throw BenchError.noServer(path: path) }
        return path
    }

    var url: String { "http://127.0.0.1:\(port)" }

    /// Stops it as a person would.
    func stop() { child.end(SIGTERM) }

    /// The metrics, by their names with labels.
    func metrics() async throws -> [String: Double] {
        guard let url = URL(string: url), let way = SocketTransport(server: url) else {
            throw BenchError.failed(program: "rientro-server")
        }
        let answer = try await way.send(
            TransportRequest(
                method: .get, path: "/metrics", timeoutSeconds: 30, answerBytesMax: 1 << 20))
        var values: [String: Double] = [:]
        for line in String(decoding: answer.body, as: UTF8.self).split(separator: "\n")
        where !line.hasPrefix("#") {
            guard let space = line.lastIndex(of: " ") else { continue }
            values[String(line[..<space])] = Double(line[line.index(after: space)...])
        }
        return values
    }

    /// Requests answered so far, on whatever route but that of the metrics.
    func requestCount() async throws -> Int {
        let all = try await metrics().filter {
            $0.key.hasPrefix("rientro_http_requests_total{") && !$0.key.contains("\"/metrics\"")
        }
        return Int(all.values.reduce(0, +))
    }

    /// CPU time so far, in seconds, to the 10 ms that the kernel counts in (proc(5)).
    func processorSeconds() -> Double {
        let text = content("stat")
        // After the name in parentheses, which may hold anything: state, then the numbers.
        let fields = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ")
        guard fields.count > 13, let user = Double(fields[12]), let system = Double(fields[13])
        else { return 0 }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// Resident memory, in bytes.
    func resident() -> Double { 1024 * number("VmRSS:") }

    /// The highest resident memory since it was last forgotten, in bytes.
    func peak() -> Double { 1024 * number("VmHWM:") }

    /// Makes the present resident memory the highest.
    func forgetPeak() {
        guard let file = fopen("/proc/\(child.pid)/clear_refs", "w") else { return }
        fputs("5", file)
        fclose(file)
    }

    private func number(_ name: String) -> Double {
        let line = content("status").split(separator: "\n").first { $0.hasPrefix(name) }
        let words = line?.split(whereSeparator: \.isWhitespace) ?? []
        return words.count > 1 ? Double(words[1]) ?? 0 : 0
    }

    private func content(_ name: String) -> String {
        (try? String(contentsOfFile: "/proc/\(child.pid)/\(name)", encoding: .utf8)) ?? ""
    }
}
