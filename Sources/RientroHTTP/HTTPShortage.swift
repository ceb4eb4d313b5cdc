/// Why the server takes no new connections for the moment: they wait in the kernel's backlog, and
/// those that are open are served. The raw value is short and stable: it stands in logs.
package enum HTTPShortage: String, Equatable, Sendable {
    /// The process or the system has no descriptors, or no memory, for one more.
    case descriptors = "out_of_descriptors"
    /// `HTTPLimits.connectionsMax` are open.
    case connections = "connections_full"
}
