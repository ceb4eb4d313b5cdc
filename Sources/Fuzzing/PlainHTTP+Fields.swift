/// Field lines (RFC 9110, 5), as `PlainHTTP` reads them.
extension PlainHTTP {
    static let alphanumeric =
        Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".unicodeScalars)
    private static let token = Set(alphanumeric + "!#$%&'*+-.^_`|~".unicodeScalars)
    static let target = Set(alphanumeric + "-._~!$&'()*+,;=:@/?%".unicodeScalars)
    private static let host = Set(alphanumeric + "-._~:[]".unicodeScalars)

    static func isToken(_ text: String) -> Bool {
        !text.isEmpty && text.unicodeScalars.allSatisfy(token.contains)
    }

    /// A line without its CR and LF; nil if it is none.
    static func field(_ line: Substring.UnicodeScalarView) -> Field? {
        let scalars = Array(line)
        guard let colon = scalars.firstIndex(of: ":") else { return nil }
        let name = text(scalars[..<colon])
        var value = scalars[(colon + 1)...]
        while let first = value.first, first == " " || first == "\t" { value.removeFirst() }
        while let last = value.last, last == " " || last == "\t" { value.removeLast() }
        let isClean = value.allSatisfy { $0.value >= 32 && $0.value != 127 || $0 == "\t" }
        guard isToken(name), isClean else { return nil }
        return Field(name: name, key: name.lowercasedASCII, value: text(value))
    }

    private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }

    /// What of the fields must be single, and what they must say.
    static func hasRightFields(_ fields: [Field]) -> Bool {
        let hosts = values("host", fields)
        guard hosts.count == 1, !hosts[0].isEmpty, hosts[0].unicodeScalars.allSatisfy(host.contains)
        else { return false }
        let single = ["authorization", "content-type", "range", "if-range", "expect"]
        guard single.allSatisfy({ values($0, fields).count <= 1 }) else { return false }
        return values("expect", fields).allSatisfy { $0.lowercasedASCII == "100-continue" }
    }

    static func values(_ name: String, _ fields: [Field]) -> [String] {
        fields.filter { $0.key == name }.map(\.value)
    }

    /// The members of a list, without blanks and in lower case.
    static func members(_ name: String, _ fields: [Field]) -> [String] {
        values(name, fields).flatMap { value in
            value.unicodeScalars.split(separator: ",").map {
                String($0).lowercasedASCII.replacing(" ", with: "").replacing("\t", with: "")
            }
        }
    }

    /// Where `pattern` begins for the first time.
    static func place(of pattern: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        guard let first = pattern.first else { return bytes.startIndex }
        return bytes.indices.first {
            bytes[$0] == first && bytes[$0...].starts(with: pattern)
        }
    }
}

extension String {
    /// With the letters of ASCII in lower case, and all else as it is.
    var lowercasedASCII: String {
        var text = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            let isUpper = ("A"..."Z").contains(scalar)
            text.append(isUpper ? Unicode.Scalar(UInt8(scalar.value + 32)) : scalar)
        }
        return String(text)
    }
}
