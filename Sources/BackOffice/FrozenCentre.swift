internal import Foundation
internal import RientroProtocol
internal import RientroSQLite
internal import RientroServer

/// The copy of the centre that a close reads: as of one commit, whatever is synced meanwhile.
struct FrozenCentre {
    private let centre: Centre
    private let folder: String
    private let path: String

    init(_ centre: Centre, date: String) {
        self.centre = centre
        folder = centre.folder + "/nightly"
        path = "\(folder)/frozen-\(date).sqlite"
    }

    /// An empty file beside it, for the proof.
    var scratch: String { folder + "/proof.sqlite" }

    /// Makes the copy, unless a killed close of the day left it: then that is the day's state.
    /// Copies of other days are removed. Throws `CentreError`, `SQLiteError`.
    func freeze(progress: (Int, Int) -> Void) throws {
        let files = FileManager.default
        try files.createDirectory(
            atPath: folder, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        for name in try files.contentsOfDirectory(atPath: folder)
        where "\(folder)/\(name)" != path {
            try? files.removeItem(atPath: "\(folder)/\(name)")
        }
        if files.fileExists(atPath: path) {
            if try isOfThisHistory() { return }
            try files.removeItem(atPath: path)
        }
        _ = try CentreCopy.make(of: centre, at: path, isVerified: false) { _, done, total in
            progress(done, total)
        }
    }

    /// Whether a copy that was left is of what the centre's log still says: it may have been put
    /// back meanwhile, and a copy that cannot be read is of nothing.
    private func isOfThisHistory() throws -> Bool {
        guard let cursor = try? CentreEngine(db: try connect()).cursor() else { return false }
        let chain = try centre.engine(.readOnly).db.first(
            "SELECT chain FROM commit_log WHERE number = ?", .integer(cursor.commit)
        ) { $0.blob(0) }
        return cursor.commit == 0 || chain == cursor.chain.bytes
    }

    /// When the copy was made, in milliseconds since 1970: a run after a kill has the same moment.
    func madeAt() throws -> Int64 {
        let facts = try FileManager.default.attributesOfItem(atPath: path)
        guard let date = facts[.modificationDate] as? Date else { return 0 }
        return Int64(date.timeIntervalSince1970 * 1000)
    }

    /// A connection to the copy.
    func connect() throws -> Connection { try Connection(path: path, mode: .readOnly) }

    /// An empty file for the proof, which is written over.
    func makeScratch() throws -> String {
        try? FileManager.default.removeItem(atPath: scratch)
        guard
            FileManager.default.createFile(
                atPath: scratch, contents: nil, attributes: [.posixPermissions: 0o600])
        else {
            throw CloseError.unwritable(path: scratch, reason: String(cString: strerror(errno)))
        }
        return scratch
    }

    /// Removes the copy, and the folder unless another day's close was killed and left its own:
    /// that one has to end as it began.
    func remove() {
        for file in [path, path + ".part", scratch] {
            try? FileManager.default.removeItem(atPath: file)
        }
        rmdir(folder)
    }
}
