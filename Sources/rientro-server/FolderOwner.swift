import Glibc

/// Who a command runs as.
///
/// Root that works in the service's folder would leave files behind that are root's: the lock, the
/// backups, the book, the reports. The service could not write them, and would say no more than
/// "Permission denied". So a process of root's becomes the owner of the folder before it touches
/// anything in it, for good; SQLite's own files are then the owner's too.
enum FolderOwner {
    /// Becomes the owner of a folder, if this process is root's and the folder is not. Where the
    /// folder is not there yet, or the process is not root's, there is nothing to do.
    ///
    /// Returns the owner's name where it changed. Throws `CommandError.notTheOwner`.
    @discardableResult
    static func become(ofFolder path: String) throws(CommandError) -> String? {
        var facts = stat()
        guard geteuid() == 0, stat(path, &facts) == 0, facts.st_uid != 0 else { return nil }
        let name = name(of: facts.st_uid)
        guard setgroups(0, nil) == 0, setgid(facts.st_gid) == 0, setuid(facts.st_uid) == 0 else {
            throw .notTheOwner(path: path, owner: name)
        }
        return name
    }

    private static func name(of user: uid_t) -> String {
        guard let entry = getpwuid(user), let name = entry.pointee.pw_name else {
            return "#\(user)"
        }
        return String(cString: name)
    }
}
