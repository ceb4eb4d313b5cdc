import Glibc

/// A file descriptor, closed when its owner goes.
struct FileDescriptor: ~Copyable {
    let number: Int32

    /// Takes over what a system call returned. Throws `system` with the present `errno` if that was
    /// an error.
    init(_ returned: Int32, of call: String) throws(HTTPError) {
        guard returned >= 0 else { throw .system(call: call, errno: errno) }
        number = returned
    }

    deinit { close(number) }
}
