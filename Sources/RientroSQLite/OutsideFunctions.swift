internal import CRientroSQLite

/// Functions of SQL that reach outside of the file: into the program, or to other files. No
/// statement of ours calls one, and a view, trigger or index of a file that came from somebody must
/// not (<https://www.sqlite.org/security.html>). Most of them are not in SQLite as it is installed
/// anyway; a build that has them makes no difference.
enum OutsideFunctions {
    static let names: Set<String> = [
        "load_extension", "fts3_tokenizer", "readfile", "writefile", "edit", "eval", "fsdir",
        "sqlite_dbpage",
    ]

    /// Refuses them on a connection, in every statement that is prepared from now on.
    static func refuse(on handle: OpaquePointer) {
        sqlite3_set_authorizer(
            handle,
            { _, action, _, name, _, _ in
                guard action == SQLITE_FUNCTION, let name else { return SQLITE_OK }
                let isOutside = OutsideFunctions.names.contains(String(cString: name).lowercased())
                return isOutside ? SQLITE_DENY : SQLITE_OK
            }, nil)
    }
}
