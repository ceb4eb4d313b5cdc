import Foundation
import RientroClient

/// The accounts of the list that was shown last, so that `show 3` means its third row.
///
/// It is kept for each terminal and each office's file, in the user's folder for such things
/// (`XDG_STATE_HOME`): two people who work on one machine, or two windows, do not take each other's
/// rows.
struct RememberedList {
    /// The rows' accounts, by their ids.
    let accounts: [String]
    private let savedAt: Date

    /// A list is good for so long, in seconds: a working day. Nobody remembers yesterday's rows.
    private static let secondsMax: TimeInterval = 12 * 3_600
    /// So many rows have numbers: what is longer nobody types numbers of.
    static let rowsMax = 999
    private static let heading = "rientro list 1"

    /// The row that a word names: `3` or `@3`; nil where it is no number of a row.
    static func number(_ word: String) -> (number: Int, isExplicit: Bool)? {
        let isExplicit = word.first == "@"
        let digits = isExplicit ? word.dropFirst() : word[...]
        guard (1...3).contains(digits.utf8.count),
            digits.utf8.allSatisfy({ (48...57).contains($0) }), digits.first != "0",
            let number = Int(digits)
        else { return nil }
        return (number, isExplicit)
    }

    /// Keeps the accounts of a list. Throws where the folder cannot be written.
    static func save(_ accounts: [String], file: String, _ environment: [String: String]) throws {
        guard let folder = folder(environment) else { return }
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        removeOld(in: folder)
        let now = String(Int64(Date().timeIntervalSince1970))
        let lines = [heading, now] + accounts.prefix(rowsMax)
        let path = folder.appendingPathComponent(name(file))
        try Data(lines.joined(separator: "\n").utf8).write(to: path, options: .atomic)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path.path)
    }

    /// The list that was shown last in this terminal of this file; nil where there is none.
    init?(file: String, _ environment: [String: String]) {
        guard let folder = Self.folder(environment),
            let data = try? Data(contentsOf: folder.appendingPathComponent(Self.name(file)))
        else { return nil }
        let lines = String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
        guard lines.count >= 2, lines[0] == Self.heading, let seconds = Double(lines[1]) else {
            return nil
        }
        savedAt = Date(timeIntervalSince1970: seconds)
        accounts = Array(lines.dropFirst(2))
    }

    /// Whether it is too old to be meant, or from a time that is still to come.
    var isStale: Bool {
        let age = Date().timeIntervalSince(savedAt)
        return age > Self.secondsMax || age < -60
    }

    private static func folder(_ environment: [String: String]) -> URL? {
        if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") {
            return URL(fileURLWithPath: state).appendingPathComponent("rientro")
        }
        guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
        return URL(fileURLWithPath: home).appendingPathComponent(".local/state/rientro")
    }

    /// The session is a terminal's: every command typed there has its number.
    private static func name(_ file: String) -> String { "list-\(file)-\(getsid(0))" }

    private static func removeOld(in folder: URL) {
        let files =
            (try? FileManager.default.contentsOfDirectory(
                at: folder, includingPropertiesForKeys: [.contentModificationDateKey])) ?? []
        for file in files where file.lastPathComponent.hasPrefix("list-") {
            let values = try? file.resourceValues(forKeys: [.contentModificationDateKey])
            guard let date = values?.contentModificationDate,
                Date().timeIntervalSince(date) > secondsMax
            else { continue }
            try? FileManager.default.removeItem(at: file)
        }
    }
}
