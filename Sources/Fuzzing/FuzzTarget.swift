/// Everything that is fuzzed, by the name that a person types.
package enum FuzzTarget: String, CaseIterable, Sendable {
    case cbor
    case content
    case changeSet = "change-set"
    case request
    case answer
    case message

    /// The longest input worth trying, in bytes: long enough for every rule to be met, short enough
    /// for thousands of tries a second.
    package var inputBytesMax: Int {
        switch self {
        case .cbor: 512
        case .message: 1_024
        case .content: 2_048
        default: 4_096
        }
    }

    /// The check, ready for any number of inputs.
    package func makeCheck() -> any FuzzCheck {
        switch self {
        case .cbor: CBORCheck()
        case .content: ContentCheck()
        case .changeSet: ChangeSetCheck()
        case .request: RequestCheck()
        case .answer: AnswerCheck()
        case .message: MessageCheck()
        }
    }
}
