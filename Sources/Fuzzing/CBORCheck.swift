import RientroProtocol

/// CBOR of any kind, held against a second reader: as the value of a key that a message reads over,
/// and as a list of values.
struct CBORCheck: FuzzCheck {
    private let message: EnrolRequest
    private let beginning: [UInt8]

    init() {
        message = EnrolRequest(
            code: "", tokenHash: .zero, incarnation: [UInt8](repeating: 0, count: 16))
        var bytes = message.encoded()
        // One key more: 64, the first that is read over.
        bytes[0] += 1
        beginning = bytes + [0x18, 0x40]
    }

    func check(_ input: [UInt8]) throws(BrokenClaim) {
        // The map of the message is one level, so that one less is left for the value.
        let plain = PlainCBOR(input, depthMax: Limits.nestingMax - 1)
        let wrapped = beginning + input
        switch Decoding.of(wrapped, EnrolRequest.init(decoding:)) {
        case .success(let read):
            try claim(plain != nil, "what the protocol's reader takes, the plain one takes")
            try claim(read == message, "a key that is read over changes nothing")
        case .failure(let error):
            try claim(plain == nil, "what the plain reader takes, the protocol's takes: \(error)")
            try claim((0...wrapped.count).contains(error.offset), "an error lies in the message")
        }
        try Decoding.check(input, Value.decode, Value.encode)
    }
}
