import Glibc

/// How many descriptors this process may open.
enum DescriptorLimit {
    /// Database files, snapshots, SQLite's own files, epoll: what there is besides connections, and
    /// as much again.
    private static let besideConnections: rlim_t = 128

    /// Raises the limit as far as the server needs for so many connections, and as far as the
    /// system allows. Most systems give a program 1,024 at first, which is less.
    static func raise(forConnections count: Int) {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        let wanted = min(limit.rlim_max, rlim_t(count) + besideConnections)
        guard limit.rlim_cur < wanted else { return }
        limit.rlim_cur = wanted
        // Where it is refused, connections wait for their turn a little earlier.
        _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
