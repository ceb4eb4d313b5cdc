import Foundation
import RientroClient
import RientroSQLite
import RientroServer

/// A centre in a folder, as `rientro-server init` makes it, with the portfolios of the workload.
final class OpenCentre {
    let scene: Scene
    let folder: String
    let engine: CentreEngine

    init(_ scene: Scene, portfolios: [String] = [BranchDay.portfolio]) throws {
        self.scene = scene
        folder = scene.path("centre") + ".d"
        let centre = try Centre.create(folder: folder, schema: scene.schema) {
            try Scene.furnish($0, portfolios: portfolios)
        }
        engine = try centre.engine()
    }

    /// Puts the write-ahead log into the file, so that no server has to begin with that.
    func settle() throws { try engine.db.execute("PRAGMA wal_checkpoint(TRUNCATE)") }

    /// Its server, as it is shipped.
    func serve() throws -> ServerChild {
        try settle()
        return try ServerChild(centre: folder, in: scene.folder)
    }

    /// Throws away the snapshots that a server has built; none may be running.
    func forgetSnapshots() {
        try? FileManager.default.removeItem(atPath: folder + "/snapshots")
    }

    /// A one-time code for one more office.
    func code() throws -> String {
        try engine.db.transaction {
            try engine.addReplica(
                name: "office", portfolios: [BranchDay.portfolio], now: SystemClock.now()
            ).code
        }
    }

    /// A new office by the real way: it enrols, fetches the snapshot and opens the file.
    func join(_ server: ServerChild, code: String) async throws -> Replica {
        guard let url = URL(string: server.url) else {
            throw BenchError.unexpected("an address that is none")
        }
        return try await Replica.create(at: scene.path("office"), server: url, code: code)
    }
}
