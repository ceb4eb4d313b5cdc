/// Every limit of the server, with its unit. The defaults are the named constants of `Default`,
/// each with its reason; a deployment or a test may set others before the server starts.
package struct HTTPLimits: Sendable, Equatable {
    /// The defaults, and why they are what they are.
    package enum Default {
        /// Request line and fields together. Browsers and proxies stay below 8 KiB.
        package static let headBytesMax = 16 << 10
        /// The request target. The longest that the programs send is below 512 bytes.
        package static let targetBytesMax = 2 << 10
        /// Field lines of one request. A browser behind two proxies sends about 30.
        package static let fieldsMax = 64
        /// One body: the largest message of the protocol.
        package static let bodyBytesMax = 5 << 20
        /// A body of this size is taken before anybody has looked at the head; a thousand
        /// connections hold 16 MiB of such. The messages of a file that has no token yet are below
        /// 1 KiB.
        package static let unaskedBodyBytesMax = 16 << 10
        /// Requests on one connection, so that none lives for ever and load balances out.
        package static let requestsPerConnectionMax = 1_000
        /// Connections in all: far above the offices of a firm. Where the process may not open as
        /// many descriptors, it meets that limit a little earlier, and then waits likewise.
        package static let connectionsMax = 1_024
        /// Bodies and answers of all connections together: fifty of the largest. Without it, the
        /// product of the other limits would be 5 GiB.
        package static let heldBytesMax = 256 << 20
        /// From the first byte of a head to its end. A dial-up line needs under 3 s for 16 KiB.
        package static let headMilliseconds: Int64 = 10_000
        /// A body may be as slow as it likes for this long.
        package static let bodyGraceMilliseconds: Int64 = 10_000
        /// After the grace a body has to come at this rate on the average: below GPRS.
        package static let bodyBytesPerSecondMin: Int64 = 1 << 10
        /// A connection without a request. Below the usual 60 s of proxies and routers.
        package static let idleMilliseconds: Int64 = 30_000
        /// Where no further connection may be open, one without a request for so long gives way: a
        /// client that has opened one sends at once, over a satellite too.
        package static let givesWayMilliseconds: Int64 = 1_000
        /// An answer of which the client takes nothing. Three retransmissions of a bad line fit.
        package static let writeStallMilliseconds: Int64 = 30_000
        /// After the last answer, until the client has closed: one round trip of a satellite line.
        package static let lingerMilliseconds: Int64 = 2_000
        /// A request with a smaller body is handled on the loop's own thread until it first
        /// suspends; reading a larger one could keep the other connections waiting.
        package static let inlineBodyBytesMax = 64 << 10
    }

    /// Bytes of a head, at most; more is 431.
    package var headBytesMax = Default.headBytesMax
    /// Bytes of a target, at most; more is 414.
    package var targetBytesMax = Default.targetBytesMax
    /// Field lines, at most; more is 431.
    package var fieldsMax = Default.fieldsMax
    /// Bytes of a body after decoding, at most; more is 413.
    package var bodyBytesMax = Default.bodyBytesMax
    /// Bytes of a body that is taken without asking the server's `admission`.
    package var unaskedBodyBytesMax = Default.unaskedBodyBytesMax
    /// Requests on one connection; the last answer says `Connection: close`.
    package var requestsPerConnectionMax = Default.requestsPerConnectionMax
    /// Connections in all; at the limit one that waits for a request gives way, or else the server
    /// stops accepting and leaves the backlog alone.
    package var connectionsMax = Default.connectionsMax
    /// Connections of one address, or nil for no limit; more get 503. Off by default, because
    /// behind a proxy every client has the proxy's address.
    package var connectionsPerPeerMax: Int?
    /// Bytes that bodies and unsent answers may hold together; while they hold more, a body that is
    /// still coming gets 503, and so does a request whose answer would make it more.
    package var heldBytesMax = Default.heldBytesMax
    /// From the first byte of a head to its end; then 408.
    package var headMilliseconds = Default.headMilliseconds
    /// For how long a body may be slower than `bodyBytesPerSecondMin`.
    package var bodyGraceMilliseconds = Default.bodyGraceMilliseconds
    /// The rate that a body, and the taking of an answer, must keep on the average.
    package var bodyBytesPerSecondMin = Default.bodyBytesPerSecondMin
    /// How long a connection may be without a request.
    package var idleMilliseconds = Default.idleMilliseconds
    /// After how long without a whole request a connection gives way to a new one.
    package var givesWayMilliseconds = Default.givesWayMilliseconds
    /// How long a client may take nothing of an answer.
    package var writeStallMilliseconds = Default.writeStallMilliseconds
    /// How long to wait for the client's end after the last answer.
    package var lingerMilliseconds = Default.lingerMilliseconds
    /// Largest body whose handler begins on the loop's thread.
    package var inlineBodyBytesMax = Default.inlineBodyBytesMax

    /// The defaults.
    package init() {}

    /// An answer that is sent however much is held: a thousand connections hold 64 MiB of them.
    static let smallAnswerBytesMax = 64 << 10
    /// The longest method that is read; the longest registered one has 17 letters.
    static let methodBytesMax = 32
    /// `HTTP/1.1`
    static let versionBytes = 8

    /// Method, target and version with the two spaces and CR. No LF before this is 414 or 400.
    var requestLineBytesMax: Int {
        Self.methodBytesMax + 1 + targetBytesMax + 1 + Self.versionBytes + 1
    }

    /// What may be thrown away after the last answer: as much as a lawful body, so that a client
    /// that sent too much still reads why, instead of a reset connection.
    var lingerBytesMax: Int { bodyBytesMax }

    /// Stops the program if the limits contradict each other: they are the program's own.
    func checkInvariants() {
        precondition(targetBytesMax > 0, "a target has at least one byte")
        precondition(headBytesMax > requestLineBytesMax, "a head holds a request line and more")
        precondition(fieldsMax > 0, "Host is a field")
        precondition(bodyBytesMax >= 0, "a length is not negative")
        precondition(heldBytesMax >= bodyBytesMax, "one body fits")
        precondition(requestsPerConnectionMax > 0, "a connection serves a request")
        precondition(connectionsMax > 0, "a server has a connection")
        precondition(bodyBytesPerSecondMin > 0, "a rate is divided by")
    }
}
