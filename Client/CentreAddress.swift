internal import Foundation

/// Where a centre is: an address that a token may be sent to, in one form for each.
struct CentreAddress: Hashable, Sendable {
    /// The address as it is stored and shown: scheme and host in lower case, no slash at the end.
    let text: String
    /// The same for the transports.
    let url: URL

    /// So many addresses of one centre are kept: a machine, its stand-in, and the names of both.
    static let countMax = 8
    /// Bytes of one address: what a browser shows of one, and far more than a name needs.
    static let bytesMax = 512

    /// The address of a text. Throws `ReplicaError.badAddress` for what is no `http` or `https`
    /// address of a host, or says more than that: a name and password, a query.
    init(_ text: String) throws(ReplicaError) {
        guard text.utf8.count <= Self.bytesMax,
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            let parts = URLComponents(string: text),
            let scheme = parts.scheme?.lowercased(), scheme == "http" || scheme == "https",
            let host = parts.host?.lowercased(), !host.isEmpty,
            parts.user == nil, parts.password == nil, parts.query == nil, parts.fragment == nil,
            parts.port.map({ (1...65_535).contains($0) }) != false
        else { throw .badAddress(text) }
        var canonical =
            "\(scheme)://\(host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host)"
        if let port = parts.port { canonical += ":\(port)" }
        canonical += parts.percentEncodedPath
        while canonical.hasSuffix("/") { canonical.removeLast() }
        guard let url = URL(string: canonical) else { throw .badAddress(text) }
        self.text = canonical
        self.url = url
    }

    /// Whether a token sent there can be read on the way: plain HTTP that leaves this machine.
    var isOpenToOthers: Bool { url.scheme == "http" && !isLoopback }

    private var isLoopback: Bool {
        guard let host = url.host else { return false }
        let name = host.trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
        if ["localhost", "::1"].contains(name) { return true }
        let numbers = name.split(separator: ".", omittingEmptySubsequences: false)
        return numbers.count == 4 && numbers[0] == "127" && numbers.allSatisfy { UInt8($0) != nil }
    }
}

/// All addresses of one centre, in the order in which they are tried.
struct CentreAddresses: Equatable, Sendable {
    /// At least one, each once.
    let list: [CentreAddress]

    /// - Parameter allowsPlain: whether somebody has said that tokens may go over plain HTTP to
    ///   another machine.
    ///
    /// Throws `ReplicaError.badAddress`, also where there is none or too many;
    /// `ReplicaError.openAddress` for plain HTTP that nobody has allowed.
    init(_ texts: [String], allowsPlain: Bool) throws(ReplicaError) {
        var list: [CentreAddress] = []
        for text in texts {
            let address = try CentreAddress(text)
            guard allowsPlain || !address.isOpenToOthers else {
                throw .openAddress(address.text)
            }
            if !list.contains(address) { list.append(address) }
        }
        guard (1...CentreAddress.countMax).contains(list.count) else {
            throw .badAddress(texts.joined(separator: " "))
        }
        self.list = list
    }

    /// The addresses of one column or line, between blanks.
    init(stored text: String) throws(ReplicaError) {
        try self.init(text.split(separator: " ").map(String.init), allowsPlain: true)
    }

    /// As they are stored.
    var text: String { list.map(\.text).joined(separator: " ") }
}
