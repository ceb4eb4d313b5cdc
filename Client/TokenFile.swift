internal import RientroProtocol

/// The secrets of a replica, beside it and never in it: `REPLICA.token`, for its owner alone.
///
/// Each line is `<incarnation hex> <token hex>`; column `incarnation` of table `me` says which is
/// current. A line is written before the centre is asked for its number, so that asking again,
/// after a lost answer or a power cut, is asking the same.
struct TokenFile {
    /// One line.
    struct Line: Equatable {
        /// The incarnation id that the centre knows the token by: 16 bytes.
        var incarnation: [UInt8]
        /// 256 random bits.
        var token: [UInt8]
    }

    /// The path of the file.
    let path: String

    /// The file beside the replica at `replica`.
    init(replica: String) { path = replica + ".token" }

    /// The lines; none where there is no file. What is not a line is passed over.
    func lines() throws(ReplicaError) -> [Line] {
        guard let bytes = try PlainFile.read(path) else { return [] }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { text in
            let fields = text.split(separator: " ")
            guard fields.count == 2, let incarnation = Hexadecimal.bytes(fields[0]),
                let token = Hexadecimal.bytes(fields[1]), incarnation.count == 16,
                token.count == Self.tokenBytes
            else { return nil }
            return Line(incarnation: incarnation, token: token)
        }
    }

    /// The token of an incarnation. Throws `ReplicaError.noToken` where there is none.
    func token(of incarnation: [UInt8]) throws(ReplicaError) -> [UInt8] {
        guard let line = try lines().last(where: { $0.incarnation == incarnation }) else {
            throw .noToken(path: path)
        }
        return line.token
    }

    /// The token of an incarnation, made and written now unless it is there.
    func tokenMade(for incarnation: [UInt8]) throws(ReplicaError) -> [UInt8] {
        let lines = try lines()
        if let known = lines.last(where: { $0.incarnation == incarnation }) { return known.token }
        let line = Line(incarnation: incarnation, token: Self.newToken())
        try write(lines + [line])
        return line.token
    }

    /// The line of an enrolment by this code, made and written now unless it is there.
    ///
    /// The incarnation id is a hash of the code and the token, so the file tells which line was
    /// made for which code without holding the code.
    func line(forCode code: String) throws(ReplicaError) -> Line {
        let lines = try lines()
        let known = lines.last { $0.incarnation == Self.incarnation(code: code, token: $0.token) }
        if let known { return known }
        let token = Self.newToken()
        let line = Line(incarnation: Self.incarnation(code: code, token: token), token: token)
        try write(lines + [line])
        return line
    }

    /// Drops every line but that of `incarnation`.
    func keep(only incarnation: [UInt8]) throws(ReplicaError) {
        let lines = try lines()
        let kept = lines.filter { $0.incarnation == incarnation }
        guard !kept.isEmpty, kept != lines else { return }
        try write(kept)
    }

    private func write(_ lines: [Line]) throws(ReplicaError) {
        let text = lines.map {
            "\(Hexadecimal.text($0.incarnation)) \(Hexadecimal.text($0.token))\n"
        }
        try PlainFile.write(Array(text.joined().utf8), to: path)
    }

    private static let tokenBytes = 32

    private static func newToken() -> [UInt8] {
        var system = SystemRandomNumberGenerator()
        return (0..<tokenBytes).map { _ in UInt8.random(in: 0...255, using: &system) }
    }

    private static func incarnation(code: String, token: [UInt8]) -> [UInt8] {
        Array(SHA256.hash(Array("incarnation".utf8) + token + Array(code.utf8)).bytes.prefix(16))
    }
}
