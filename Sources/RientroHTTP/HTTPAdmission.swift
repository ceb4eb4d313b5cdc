/// Whether a request's body is taken, judged by its head alone.
package enum HTTPAdmission: Sendable {
    /// It is, up to so many bytes; more is 413. The lease is let go when the request is answered or
    /// its connection is closed, whichever comes first.
    case body(bytesMax: Int, lease: (any HTTPLease)?)
    /// It is not: this is the answer, and the connection is closed after it.
    case answer(HTTPResponse)
}

/// What somebody holds for a request that is under way; it ends with the last reference to it, in
/// `deinit`, on any thread.
package protocol HTTPLease: AnyObject, Sendable {}
