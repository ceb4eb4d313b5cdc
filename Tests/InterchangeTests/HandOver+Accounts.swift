import Interchange

extension HandOver {
    /// Calls `body` with the good rows of every account, in the order of the file.
    func forEachAccount(_ body: (AccountRows) throws -> Void) throws {
        var reader = try accounts()
        while let account = try reader.next() { try body(account) }
    }
}
