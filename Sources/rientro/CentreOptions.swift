import Foundation
import RientroClient
import Terminal

/// What `init`, `enrol` and `centre` ask about the centre and its codes.
enum CentreOptions {
    static let name = Option.value(
        "name", "NAME", "What this file is called beside others of the office; else the machine's")
    static let plain = Option.flag(
        "plain-http", "Let the secret go over plain HTTP, where others on the way can read it")

    /// The addresses of a command line.
    static func servers(_ texts: [String]) throws(OfficeError) -> [URL] {
        var servers: [URL] = []
        for text in texts {
            guard let url = URL(string: text), let scheme = url.scheme?.lowercased(),
                scheme == "http" || scheme == "https", let host = url.host(), !host.isEmpty
            else { throw .badServer(text) }
            servers.append(url)
        }
        return servers
    }

    /// The one-time code: unseen from the terminal or standard input, or from the command line.
    static func code(_ session: Session, from servers: [URL]) throws(OfficeError) -> String {
        if let code = session.parsed.value("code"), code != "-" { return code }
        // Whoever types it sees whom it is sent to.
        let places = servers.map(\.absoluteString).joined(separator: ", ")
        do {
            return try Secret.read(prompt: "One-time code from the centre at \(places): ")
        } catch {
            throw .secret(error)
        }
    }

    /// What tells this file from another of the same office: the name that was given, or that of
    /// the machine.
    static func label(_ session: Session) -> String? {
        if let name = session.parsed.value("name") { return name }
        var bytes = [CChar](repeating: 0, count: 256)
        guard gethostname(&bytes, bytes.count - 1) == 0 else { return nil }
        let name = bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return String(decoding: name, as: UTF8.self)
    }
}
