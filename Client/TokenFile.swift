internal import RientroProtocol

/// The secrets of a replica, beside it and never in it: `REPLICA.token`, for its owner alone.
///
/// Each line is `<incarnation hex> <token hex> <address> …`; column `incarnation` of table `me`
/// says which is current. The addresses are those that the token may be sent to: any program may
/// write others into the replica, and a replica may come from anybody. A line is written before the
/// centre is asked for its number, so that asking again, after a lost answer or a power cut, is
/// asking the same.
struct TokenFile {
    /// One line.
    struct Line: Equatable {
        /// The incarnation id that the centre knows the token by: 16 bytes.
        var incarnation: [UInt8]
        /// 256 random bits.
        var token: [UInt8]
        /// Where the token may be sent, as it stands there.
        var addresses: String
    }

    /// The path of the file.
    let path: String
    private let calls: FileCalls

    private static let suffix = ".token"
    /// Bytes that are read: some hundred lines. What is longer is no token file.
    static let bytesMax = 64 << 10
    /// Lines that are kept: one for each code and number that was asked for and not got.
    static let linesMax = 16

    /// The file beside the replica at `replica`, which must be the path of the file itself, not of
    /// a link to it.
    init(replica: String, calls: FileCalls = .system) {
        path = replica + Self.suffix
        self.calls = calls
    }

    /// The lines; none where there is no file. What is not a line is passed over, and what an
    /// editor adds to one (a byte order mark, a carriage return) is read over.
    ///
    /// Throws `ReplicaError.file` where the file is none that a token could be in.
    func lines() throws(ReplicaError) -> [Line] {
        guard let bytes = try PlainFile.read(path, bytesMax: Self.bytesMax, calls: calls) else {
            return []
        }
        let text = String(decoding: bytes, as: UTF8.self)
        return text.split { $0.isNewline }.compactMap(Self.line)
    }

    private static func line(_ text: Substring) -> Line? {
        let fields = text.split { $0.isWhitespace || $0 == "\u{FEFF}" }
        guard fields.count >= 2, let incarnation = Hexadecimal.bytes(fields[0]),
            let token = Hexadecimal.bytes(fields[1]), incarnation.count == 16,
            token.count == tokenBytes
        else { return nil }
        return Line(
            incarnation: incarnation, token: token,
            addresses: fields.dropFirst(2).joined(separator: " "))
    }

    /// The line of an incarnation. Throws `ReplicaError.noToken` where there is none.
    func line(of incarnation: [UInt8]) throws(ReplicaError) -> Line {
        guard let line = try lines().last(where: { $0.incarnation == incarnation }) else {
            throw .noToken(path: path)
        }
        return line
    }

    /// The token of an incarnation, to be sent to `addresses`. Throws `ReplicaError.noToken` where
    /// there is none, and `ReplicaError.otherAddress` where it may not be sent to one of them.
    func token(
        of incarnation: [UInt8], for addresses: CentreAddresses
    ) throws(ReplicaError) -> [UInt8] {
        let line = try line(of: incarnation)
        let allowed = line.addresses.split(separator: " ").map(String.init)
        guard addresses.list.allSatisfy({ allowed.contains($0.text) }) else {
            throw .otherAddress(
                path: String(path.dropLast(Self.suffix.count)), file: addresses.text,
                token: line.addresses)
        }
        return line.token
    }

    /// The token of an incarnation, made and written now unless it is there.
    func tokenMade(
        for incarnation: [UInt8], at addresses: CentreAddresses
    ) throws(ReplicaError) -> [UInt8] {
        let lines = try lines()
        if let known = lines.last(where: { $0.incarnation == incarnation }) { return known.token }
        let line = Line(
            incarnation: incarnation, token: Self.newToken(), addresses: addresses.text)
        try write(lines + [line])
        return line.token
    }

    /// The line of an enrolment by this code, made and written now unless it is there.
    ///
    /// The incarnation id is a hash of the code and the token, so the file tells which line was
    /// made for which code without holding the code.
    func line(
        forCode code: String, at addresses: CentreAddresses
    ) throws(ReplicaError) -> Line {
        var lines = try lines()
        let known = lines.lastIndex {
            $0.incarnation == Self.incarnation(code: code, token: $0.token)
        }
        if let known {
            // The same code may be tried once more at an address that was corrected.
            guard lines[known].addresses != addresses.text else { return lines[known] }
            lines[known].addresses = addresses.text
            try write(lines)
            return lines[known]
        }
        let token = Self.newToken()
        let line = Line(
            incarnation: Self.incarnation(code: code, token: token), token: token,
            addresses: addresses.text)
        try write(lines + [line])
        return line
    }

    /// Lets the token of an incarnation be sent to these addresses and no others. Throws
    /// `ReplicaError.noToken` where there is none.
    func bind(_ incarnation: [UInt8], to addresses: CentreAddresses) throws(ReplicaError) {
        var lines = try lines()
        guard let index = lines.lastIndex(where: { $0.incarnation == incarnation }) else {
            throw .noToken(path: path)
        }
        guard lines[index].addresses != addresses.text else { return }
        lines[index].addresses = addresses.text
        try write(lines)
    }

    /// Drops every line but that of `incarnation`.
    func keep(only incarnation: [UInt8]) throws(ReplicaError) {
        let lines = try lines()
        let kept = lines.filter { $0.incarnation == incarnation }
        guard !kept.isEmpty, kept != lines else { return }
        try write(kept)
    }

    /// Writes the lines: where there are too many, without the oldest but the first, which is the
    /// one in use.
    private func write(_ lines: [Line]) throws(ReplicaError) {
        var kept = lines
        while kept.count > Self.linesMax { kept.remove(at: 1) }
        let text = kept.map { line in
            let fields = [Hexadecimal.text(line.incarnation), Hexadecimal.text(line.token)]
            return (fields + (line.addresses.isEmpty ? [] : [line.addresses]))
                .joined(separator: " ") + "\n"
        }
        try PlainFile.write(Array(text.joined().utf8), to: path, calls: calls)
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
