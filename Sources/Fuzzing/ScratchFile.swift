import Foundation

/// One file that is written anew for each input, for checks whose entrance is a path. It lies in
/// the folder for temporary files and goes with the value that holds it.
final class ScratchFile {
    let path: String
    private let descriptor: Int32

    init() {
        path = NSTemporaryDirectory() + "rientro-fuzz-\(UUID().uuidString).csv"
        descriptor = open(path, O_RDWR | O_CREAT | O_EXCL, 0o600)
        precondition(descriptor >= 0, "a temporary file can be made")
    }

    deinit {
        close(descriptor)
        unlink(path)
    }

    /// Puts `bytes` in place of what the file held.
    func write(_ bytes: [UInt8]) {
        precondition(ftruncate(descriptor, 0) == 0, "a temporary file can be cut")
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes {
                pwrite(descriptor, $0.baseAddress, $0.count, off_t(done))
            }
            precondition(count > 0, "a temporary file can be written")
            done += count
        }
    }
}
