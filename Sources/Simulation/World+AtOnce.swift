internal import RientroClient

/// Exchanges past whatever else is on the line.
extension World {
    /// Runs a program to its end, or for so many exchanges.
    func runAtOnce(
        _ course: OfficeCourse, at: Int, exchangesMax: Int, _ chance: inout Chance
    ) throws {
        let before = line.number()
        try begin(course, at: at)
        for _ in 0..<exchangesMax {
            guard let answer = try answerAtOnce(at: at, after: before, &chance) else { return }
            try receive(answer, &chance)
        }
    }

    /// The answer to what a program asks first; nil where there is none.
    func answerAtOnce(
        to course: OfficeCourse, at: Int, _ chance: inout Chance
    ) throws -> Message? {
        let before = line.number()
        try begin(course, at: at)
        return try answerAtOnce(at: at, after: before, &chance)
    }

    private func answerAtOnce(
        at: Int, after number: Int, _ chance: inout Chance
    ) throws -> Message? {
        time += 50
        let sent = line.take(at: .max, &chance) {
            $0.office == at && !$0.isAnswer && $0.number > number
        }
        guard let (request, _) = sent else { return nil }
        try serve([request])
        return line.take(at: .max, &chance) { $0.isAnswer && $0.number == request.number }?.message
    }
}
