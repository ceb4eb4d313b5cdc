extension JSONValue {
    /// The value as text in UTF-8, indented by two spaces, ending with a newline.
    ///
    /// What a terminal would obey is written as `\u` and four digits, within the rules of JSON.
    package var text: String {
        var writer = JSONWriter(isPretty: true)
        writer.write(self, depth: 0)
        return writer.text + "\n"
    }

    /// The value as one line, ending with a newline, for logs and streams of values.
    package var line: String {
        var writer = JSONWriter(isPretty: false)
        writer.write(self, depth: 0)
        return writer.text + "\n"
    }
}

/// Writes one value.
private struct JSONWriter {
    let isPretty: Bool
    var text = ""

    mutating func write(_ value: JSONValue, depth: Int) {
        switch value {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .integer(let value): text += String(value)
        case .number(let value): text += value.isFinite ? "\(value)" : "null"
        case .string(let value): write(value)
        case .array(let elements):
            writeList(elements, between: "[", and: "]", depth: depth) { writer, element in
                writer.write(element, depth: depth + 1)
            }
        case .object(let members):
            writeList(members, between: "{", and: "}", depth: depth) { writer, member in
                writer.write(member.name)
                writer.text += writer.isPretty ? ": " : ":"
                writer.write(member.value, depth: depth + 1)
            }
        }
    }

    private mutating func writeList<Element>(
        _ elements: [Element], between open: String, and close: String, depth: Int,
        _ writeElement: (inout JSONWriter, Element) -> Void
    ) {
        guard depth < TerminalLimits.jsonNestingMax else {
            text += "null"
            return
        }
        text += open
        for (index, element) in elements.enumerated() {
            if index > 0 { text += "," }
            breakLine(depth: depth + 1)
            writeElement(&self, element)
        }
        if !elements.isEmpty { breakLine(depth: depth) }
        text += close
    }

    private mutating func breakLine(depth: Int) {
        if isPretty { text += "\n" + String(repeating: "  ", count: depth) }
    }

    /// The text is put together apart: to change the code points of a long `text` in place, Swift
    /// copies all of it.
    private mutating func write(_ string: String) {
        var scalars = String.UnicodeScalarView()
        scalars.append("\"")
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": scalars.append(contentsOf: "\\\"".unicodeScalars)
            case "\\": scalars.append(contentsOf: "\\\\".unicodeScalars)
            case "\n": scalars.append(contentsOf: "\\n".unicodeScalars)
            case "\r": scalars.append(contentsOf: "\\r".unicodeScalars)
            case "\t": scalars.append(contentsOf: "\\t".unicodeScalars)
            case _ where Visible.isDangerous(scalar):
                for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter {
                    scalars.append(contentsOf: Self.escape(unit).unicodeScalars)
                }
            default: scalars.append(scalar)
            }
        }
        scalars.append("\"")
        text += String(scalars)
    }

    private static func escape(_ unit: UInt16) -> String {
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
