internal import Glibc

/// A file of the operating system, closed when its owner goes.
struct OpenFile: ~Copyable {
    let number: Int32

    /// Opens `path`; `mode` is the permission of a file that is made. Throws `CentreError.system`.
    init(_ path: String, flags: Int32, mode: mode_t = 0o600) throws(CentreError) {
        number = open(path, flags | O_CLOEXEC, mode)
        guard number >= 0 else { throw .system(call: "open \(path)", errno: errno) }
    }

    deinit { close(number) }

    /// Its length in bytes.
    func length() throws(CentreError) -> Int {
        var facts = stat()
        guard fstat(number, &facts) == 0 else { throw .system(call: "fstat", errno: errno) }
        return Int(facts.st_size)
    }

    /// The bytes of `range`, or fewer where the file ends before.
    func read(_ range: Range<Int>) throws(CentreError) -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
            while count < range.count {
                let rest = UnsafeMutableBufferPointer(rebasing: buffer[count...])
                let got = pread(number, rest.baseAddress, rest.count, range.lowerBound + count)
                if got < 0 && errno == EINTR { continue }
                if got < 0 { failure = errno }
                guard got > 0 else { return }
                count += got
            }
        }
        guard failure == 0 else { throw .system(call: "pread", errno: failure) }
        return bytes
    }

    /// Waits until the content is on the disk.
    func synchronize() throws(CentreError) {
        guard fsync(number) == 0 else { throw .system(call: "fsync", errno: errno) }
    }
}
