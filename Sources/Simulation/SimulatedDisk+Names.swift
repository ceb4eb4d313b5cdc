/// A creation or deletion that a power cut may undo.
struct NameChange {
    let path: String
    /// What the name meant before, and after; nil: nothing.
    let before: SimulatedFile?
    let after: SimulatedFile?
}

extension SimulatedDisk {
    /// Name changes that wait: beyond, all are durable, as a file system's own journal is written
    /// sooner or later. It bounds what a database that never syncs leaves behind.
    private static let nameChangesMax = 64

    func create(_ path: String) -> SimulatedFile {
        let file = SimulatedFile()
        change(path, to: file)
        return file
    }

    /// Deletes a file. With `isDurable` the directory is synced, and with it every name.
    func delete(_ path: String, isDurable: Bool) {
        change(path, to: nil)
        if isDurable { nameChanges.removeAll() }
    }

    /// After a sync of `file`: a new file's first sync also syncs the directory, as SQLite's own
    /// VFS does for journals, and file systems do for the rest.
    func syncName(of file: SimulatedFile) {
        guard nameChanges.contains(where: { $0.after === file }) else { return }
        nameChanges.removeAll()
    }

    /// Gives the name a meaning that no power cut takes back.
    func settle(_ path: String, _ file: SimulatedFile?) {
        nameChanges.removeAll { $0.path == path }
        names[path] = file
    }

    private func change(_ path: String, to file: SimulatedFile?) {
        if nameChanges.count >= Self.nameChangesMax { nameChanges.removeAll() }
        nameChanges.append(NameChange(path: path, before: names[path], after: file))
        names[path] = file
    }

    /// What a power cut leaves of the directory: of each name's changes the first few, by `fate`.
    func loseNames() {
        for path in Set(nameChanges.map(\.path)).sorted() {
            let changes = nameChanges.filter { $0.path == path }
            let kept = fate.below(changes.count + 1)
            names[path] = kept == 0 ? changes[0].before : changes[kept - 1].after
        }
        nameChanges.removeAll()
    }
}
