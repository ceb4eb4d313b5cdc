/// Finds the name that a mistyped one was probably meant to be.
enum Nearest {
    /// The nearest of the names: the only one that begins with the word, or else the one with the
    /// fewest slips between them, if a third of the letters at most are wrong.
    static func name(to word: String, among names: [String]) -> String? {
        let letters = Array(word)
        guard !letters.isEmpty, letters.count <= TerminalLimits.suggestionCharactersMax else {
            return nil
        }
        let longer = names.filter { $0.hasPrefix(word) }
        if longer.count == 1 { return longer[0] }
        var best: (name: String, slips: Int)?
        for name in names where name.count <= TerminalLimits.suggestionCharactersMax {
            let slips = slips(between: letters, and: Array(name))
            if slips < best?.slips ?? Int.max { best = (name, slips) }
        }
        guard let best, best.slips <= max(1, min(letters.count, best.name.count) / 3) else {
            return nil
        }
        return best.name
    }

    /// How many letters were left out, added, changed or swapped with their neighbour
    /// (the optimal string alignment distance).
    static func slips(between one: [Character], and other: [Character]) -> Int {
        if one.isEmpty { return other.count }
        var beforeLast: [Int] = []
        var last = Array(0...other.count)
        for row in 1...one.count {
            var current = [row]
            for column in stride(from: 1, through: other.count, by: 1) {
                let isSame = one[row - 1] == other[column - 1]
                var cost = min(
                    last[column] + 1, current[column - 1] + 1,
                    last[column - 1] + (isSame ? 0 : 1))
                if row > 1, column > 1, one[row - 1] == other[column - 2],
                    one[row - 2] == other[column - 1]
                {
                    cost = min(cost, beforeLast[column - 2] + 1)
                }
                current.append(cost)
            }
            beforeLast = last
            last = current
        }
        return last[other.count]
    }
}
