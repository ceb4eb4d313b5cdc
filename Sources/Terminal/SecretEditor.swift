/// The line that a person types unseen: what each byte of the keyboard does to it.
struct SecretEditor {
    enum Step: Equatable {
        case goOn
        case done
        case failed(SecretError)
    }

    private(set) var bytes: [UInt8] = []

    /// Takes one byte from the terminal, in the way terminals edit a line.
    mutating func receive(_ byte: UInt8) -> Step {
        switch byte {
        case 0x0A, 0x0D: return .done
        case 0x03: return .failed(.cancelled)
        case 0x04: return bytes.isEmpty ? .failed(.endOfInput) : .done
        case 0x08, 0x7F: removeLastCharacter()
        case 0x15: bytes = []
        default:
            guard bytes.count < TerminalLimits.secretBytesMax else {
                return .failed(.tooLong(bytesMax: TerminalLimits.secretBytesMax))
            }
            bytes.append(byte)
        }
        return .goOn
    }

    /// Removes the bytes of the last character, of which UTF-8 may have several.
    private mutating func removeLastCharacter() {
        while let last = bytes.popLast(), last & 0xC0 == 0x80 {}
    }
}
