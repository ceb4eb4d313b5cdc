internal import RientroHTTP
internal import RientroProtocol

extension FrontOffice {
    /// Whether the large body of a `POST /v1/sync` is taken: its token is looked for before a byte
    /// of it is read, and one line has only so many on the way. Throws what the answer is made of
    /// where it is not.
    func admitSync(_ request: HTTPRequest, _ trace: RequestTrace) async throws -> HTTPAdmission {
        let caller = try await authenticate(request, trace)
        return .body(
            bytesMax: HTTPLimits.Default.bodyBytesMax,
            lease: try shares.take(.body, for: caller.line))
    }
}
