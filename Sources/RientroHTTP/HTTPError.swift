/// Everything that can go wrong for a caller of this module. What a *client* does wrong is not
/// here: that is an `HTTPRefusal`, which the server answers by itself.
package enum HTTPError: Error, Equatable, Sendable {
    /// The text is not `IPv4:port` or `[IPv6]:port`.
    case invalidAddress(String)
    /// A field name is not a token (RFC 9110, section 5.1).
    case invalidFieldName(String)
    /// The value of the named field holds a control character, or space at an end (RFC 9110, 5.5).
    case invalidFieldValue(name: String)
    /// The query is malformed at this byte.
    case malformedQuery(offset: Int)
    /// `start()` was called on a server that is running or has been stopped.
    case alreadyStarted
    /// A call of the operating system failed with this `errno`.
    case system(call: String, errno: Int32)
}
