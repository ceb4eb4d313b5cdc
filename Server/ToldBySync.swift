package import RientroProtocol

/// What a sync request tells of its office, beside what it asks for.
package struct ToldBySync: Equatable, Sendable {
    /// Its last sealed change-set.
    package let head: Head
    /// The commit at which it last found its digests equal to the centre's; nil: never.
    package let provenCommit: Int64?
    /// The version of the schema that its tables have.
    package let schemaVersion: Int
    /// The portfolios that it holds.
    package let portfolios: [String]

    /// What a request tells.
    package init(_ request: SyncRequest) {
        head = request.head
        provenCommit = request.provenCommit
        schemaVersion = request.schemaVersion
        portfolios = request.portfolios
    }
}
