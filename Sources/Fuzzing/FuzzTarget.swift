/// Everything that is fuzzed, by the name that a person types.
package enum FuzzTarget: String, CaseIterable, Sendable {
    case httpHead = "http-head"
    case httpChunks = "http-chunks"
    case cbor
    case content
    case changeSet = "change-set"
    case request
    case answer
    case message
    case schema
    case csv
    case handOver = "hand-over"
    case merge

    /// The longest input worth trying, in bytes: long enough for every rule to be met, short enough
    /// for thousands of tries a second.
    package var inputBytesMax: Int {
        switch self {
        case .cbor, .httpChunks, .merge: 512
        case .message, .httpHead, .csv, .handOver: 1_024
        case .content, .schema: 2_048
        default: 4_096
        }
    }

    /// The check, ready for any number of inputs; throws what making its surroundings throws.
    package func makeCheck() throws -> any FuzzCheck {
        switch self {
        case .httpHead: HTTPCheck.heads()
        case .httpChunks: HTTPCheck.chunks()
        case .cbor: CBORCheck()
        case .content: ContentCheck()
        case .changeSet: ChangeSetCheck()
        case .request: RequestCheck()
        case .answer: AnswerCheck()
        case .message: MessageCheck()
        case .schema: SchemaCheck(tablesOneIn: 64)
        case .csv: CSVCheck()
        case .handOver: HandOverCheck()
        case .merge: try MergeCheck()
        }
    }
}
