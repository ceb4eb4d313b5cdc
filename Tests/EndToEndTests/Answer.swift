import Foundation
import Testing

/// What a program said and how it ended.
struct Answer: CustomStringConvertible {
    let words: [String]
    let end: Child.End
    let output: String
    let errors: String

    var exit: Int32? {
        if case .exit(let code) = end { code } else { nil }
    }

    var description: String {
        "\(words.joined(separator: " ")): \(end)\n--- output\n\(output)\n--- errors\n\(errors)"
    }

    /// The output's lines.
    var lines: [String] { output.split(separator: "\n").map(String.init) }

    /// The same with its lines as one, as a person reads what a terminal has folded.
    var unfolded: Answer {
        Answer(
            words: words, end: end, output: output.replacing("\n", with: " "), errors: errors)
    }

    /// The output as one JSON object.
    func json() throws -> JSON { try JSON(output, from: self) }

    /// This answer, if the exit code is one of those; else the test ends with all that was said.
    @discardableResult
    func expect(
        _ codes: Int32..., sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> Answer {
        let code = try #require(exit, "\(self)", sourceLocation: sourceLocation)
        try #require(codes.contains(code), "\(self)", sourceLocation: sourceLocation)
        return self
    }

    /// Requires that it says so, on either stream, in any case of letters.
    @discardableResult
    func says(
        _ words: String..., sourceLocation: SourceLocation = #_sourceLocation
    ) -> Answer {
        let all = (output + "\n" + errors).lowercased()
        for word in words where !word.isEmpty {
            #expect(
                all.contains(word.lowercased()), "“\(word)” is not in: \(self)",
                sourceLocation: sourceLocation)
        }
        return self
    }
}

/// A value of JSON, asked by keys.
struct JSON: CustomStringConvertible {
    let value: Any?
    let origin: String

    init(_ text: String, from answer: Answer) throws {
        let data = Data(text.utf8)
        guard let value = try? JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed)
        else { throw Failure("not JSON: \(answer)") }
        self.init(value: value, origin: answer.description)
    }

    private init(value: Any?, origin: String) {
        self.value = value
        self.origin = origin
    }

    var description: String { origin }

    subscript(_ key: String) -> JSON {
        JSON(value: (value as? [String: Any])?[key], origin: origin)
    }

    subscript(_ index: Int) -> JSON {
        let list = array
        return list.indices.contains(index) ? list[index] : JSON(value: nil, origin: origin)
    }

    var keys: Set<String> { Set((value as? [String: Any] ?? [:]).keys) }
    var isNull: Bool { value is NSNull }
    var text: String? { value as? String }
    var number: Int? { (value as? NSNumber)?.intValue }
    var flag: Bool? { value as? Bool }
    var array: [JSON] {
        (value as? [Any] ?? []).map { JSON(value: $0, origin: origin) }
    }
}
