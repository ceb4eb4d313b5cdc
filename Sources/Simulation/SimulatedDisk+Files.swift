extension SimulatedDisk {
    /// There is no file of this name.
    package struct NoSuchFile: Error, Equatable {
        /// The name.
        package let path: String
    }

    /// All files of a disk at one moment, to be put back later.
    package struct Snapshot: Sendable, Equatable {
        let files: [String: [UInt8]]
    }

    /// The names of all files, sorted. Shared memory is no file here, and temporary files have no
    /// name.
    package var files: [String] { names.keys.sorted() }

    /// The bytes of a file as the operating system shows them, synced or not; nil if there is no
    /// such file.
    package func contents(of path: String) -> [UInt8]? { names[path]?.bytes }

    /// Puts a file there, durable at once. One of the same name is replaced, not written to: who
    /// has it open keeps the old one.
    package func put(_ bytes: [UInt8], at path: String) { settle(path, SimulatedFile(bytes)) }

    /// Removes a file, durably at once. Nothing happens if there is none.
    package func remove(_ path: String) { settle(path, nil) }

    /// Copies a file as it is seen now, as `put`.
    package func copyFile(from source: String, to target: String) throws(NoSuchFile) {
        try copy(of: source, onto: self, as: target)
    }

    /// Copies a file as it is seen now onto another machine's disk, as `put` there.
    package func copy(
        of path: String, onto other: SimulatedDisk, as target: String
    ) throws(NoSuchFile) {
        guard let bytes = contents(of: path) else { throw NoSuchFile(path: path) }
        other.put(bytes, at: target)
    }

    /// All files as they are seen now.
    package func snapshot() -> Snapshot { Snapshot(files: names.mapValues(\.bytes)) }

    /// Makes the files those of the snapshot, and no others, durably at once. Whoever has one open
    /// keeps what he had.
    package func restore(_ snapshot: Snapshot) {
        nameChanges.removeAll()
        names = snapshot.files.mapValues { SimulatedFile($0) }
    }
}
