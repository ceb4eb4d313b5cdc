import Foundation
import Glibc

/// A server that answers everything with a friendly page, as a hotel's network does.
final class Portal: Sendable {
    let port: Int
    private let listener: Int32

    init() throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        port = try Socket.listen(listener)
        Thread.detachNewThread { [listener] in
            while true {
                let descriptor = accept(listener, nil, nil)
                guard descriptor >= 0 else { return }
                let guest = Socket(descriptor: descriptor)
                var reader = HTTPReader(guest)
                guard reader.next(seconds: 10) != nil else { continue }
                let page = "<html>Welcome! Please accept our terms.</html>"
                guest.send(
                    Array(
                        ("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n"
                            + "Content-Length: \(page.utf8.count)\r\n\r\n\(page)").utf8))
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }
}
