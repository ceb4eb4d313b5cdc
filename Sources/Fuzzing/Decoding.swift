import RientroProtocol

/// What holds of every decoder of the protocol.
enum Decoding {
    /// What a decoder says of `bytes`.
    static func of<T>(
        _ bytes: [UInt8], _ decode: ([UInt8]) throws(MalformedMessage) -> T
    ) -> Result<T, MalformedMessage> {
        Result { () throws(MalformedMessage) in try decode(bytes) }
    }

    /// Decodes `bytes`; what is decoded must be written with the same bytes, but for keys that this
    /// version reads over, and an error must lie in the message. Returns it, nil if refused.
    ///
    /// - Parameter addedKeys: keys that the message knows among those that others read over.
    @discardableResult
    static func check<T: Equatable>(
        _ bytes: [UInt8], skipsKeys: Bool = false, addedKeys: Set<Int64> = [],
        _ decode: ([UInt8]) throws(MalformedMessage) -> T, _ encode: (T) -> [UInt8]
    ) throws(BrokenClaim) -> T? {
        let read: T
        switch of(bytes, decode) {
        case .success(let message): read = message
        case .failure(let error):
            try claim(
                (0...bytes.count).contains(error.offset), "an error lies in the message: \(error)")
            return nil
        }
        let written = encode(read)
        if written != bytes {
            guard skipsKeys, let plain = PlainCBOR(bytes, depthMax: Limits.nestingMax) else {
                throw BrokenClaim("what is read is written with the same bytes")
            }
            let known = plain.withoutKeys(
                from: ProtocolVersion.firstSkippedKey, kept: addedKeys)
            try claim(
                written == known.encoded,
                "what is read is written with the same bytes, or less "
                    + "the keys that are read over")
        }
        let again = of(written, decode)
        try claim(again == .success(read), "what is written is read as the same")
        return read
    }
}
