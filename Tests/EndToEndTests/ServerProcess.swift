import Foundation
import Glibc

/// The centre's server, running on loopback, on a free port unless told.
final class ServerProcess {
    let child: Child
    let port: Int

    /// Starts it and returns when it listens.
    ///
    /// - Parameters:
    ///   - descriptors: how many it may open, as `prlimit` reads it: `soft:hard`.
    ///   - before: the words of a program that becomes the server, or watches it.
    ///   - after: further words for the server.
    init(
        _ centre: String, in folder: Folder, port wanted: Int = 0, descriptors: String? = nil,
        before: [String] = [], after: [String] = []
    ) throws {
        let words = [Programs.centre, "serve", centre, "--listen", "127.0.0.1:\(wanted)"] + after
        // It becomes the program: the process id stays.
        let limit = descriptors.map { ["prlimit", "--nofile=\($0)"] } ?? []
        let all = before + limit + words
        child = try folder.start(all[0], Array(all.dropFirst()))
        let deadline = Date() + 30
        var found: Int?
        while found == nil {
            found = child.output.split(separator: "\n").lazy.compactMap(Self.port).first
            guard found == nil else { break }
            guard !child.hasEnded(), Date() < deadline else {
                throw Failure("the server does not listen: \(child.output)\n\(child.errors)")
            }
            usleep(5_000)
        }
        port = found ?? 0
    }

    var url: String { "http://127.0.0.1:\(port)" }

    private static func port(_ line: Substring) -> Int? {
        guard let match = line.firstMatch(of: /listening on http:\/\/127\.0\.0\.1:([0-9]+)/) else {
            return nil
        }
        return Int(match.output.1)
    }

    /// Stops it as a person would, and waits for its end.
    @discardableResult
    func stop(seconds: Double = 30) throws -> Child.End {
        child.kill(SIGTERM)
        return try child.wait(seconds: seconds)
    }

    /// Ends it as a power cut would.
    func killNine() throws {
        child.kill(SIGKILL)
        try child.wait(seconds: 10)
    }

    /// One request on a connection of its own, and the answer.
    func ask(_ request: HTTPText, seconds: Double = 60) throws -> HTTPText {
        let socket = try Socket(port: port)
        socket.send(request.bytes)
        var reader = HTTPReader(socket)
        guard let answer = reader.next(seconds: seconds) else {
            throw Failure("no answer to \(request.lines.first ?? "")")
        }
        return answer
    }

    /// The metrics by their names with labels.
    func metrics() throws -> [String: Double] {
        let answer = try ask(.request("GET", "/metrics"))
        guard answer.status == 200 else { throw Failure("no metrics: \(answer.status)") }
        var values: [String: Double] = [:]
        for line in String(decoding: answer.body, as: UTF8.self).split(separator: "\n")
        where !line.hasPrefix("#") {
            guard let space = line.lastIndex(of: " "),
                let value = Double(line[line.index(after: space)...])
            else { continue }
            values[String(line[..<space])] = value
        }
        return values
    }
}
