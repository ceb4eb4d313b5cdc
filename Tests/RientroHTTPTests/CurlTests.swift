import Glibc
import RientroHTTP
import Testing

/// A client that was not written here. It must be there: a missing one fails the suite.
@Suite("curl", .timeLimit(.minutes(2)))
struct CurlTests {
    /// Runs curl with nothing on its standard input but `input`, and returns what it prints.
    private func curl(_ arguments: [String], input: String = "") async -> (
        exit: Int32, output: String
    ) {
        await onThread {
            // A pair of sockets, not pipes: closed in other children from birth, and no SIGPIPE.
            var ends: [Int32] = [-1, -1]
            let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
            guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { return (126, "no sockets") }
            defer { close(ends[0]) }
            var actions = posix_spawn_file_actions_t()
            posix_spawn_file_actions_init(&actions)
            posix_spawn_file_actions_adddup2(&actions, ends[1], 0)
            posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
            var words = (["curl", "-q", "-sS", "--noproxy", "*", "--max-time", "20"] + arguments)
                .map { strdup($0) }
            words.append(nil)
            var child = pid_t()
            let result = posix_spawnp(&child, "curl", &actions, nil, words, environ)
            for word in words { free(word) }
            posix_spawn_file_actions_destroy(&actions)
            close(ends[1])
            guard result == 0 else { return (127, "curl cannot be run: errno \(result)") }
            var rest = Array(input.utf8)[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes {
                    send(ends[0], $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { break }
                rest = rest.dropFirst(count)
            }
            shutdown(ends[0], Int32(SHUT_WR))
            var output: [UInt8] = []
            var piece = [UInt8](repeating: 0, count: 64 << 10)
            while true {
                let count = read(ends[0], &piece, piece.count)
                guard count > 0 else { break }
                output += piece.prefix(count)
            }
            var status: Int32 = 0
            waitpid(child, &status, 0)
            return ((status >> 8) & 0xFF, String(decoding: output, as: UTF8.self))
        }
    }

    @Test("gets, posts, sends chunks, asks for the head only, and uses one connection for it")
    func ordinary() async throws {
        try await withServer { _, port in
            let url = "http://127.0.0.1:\(port)"
            let format = ["-w", "|%{http_code} %{num_connects}\n"]
            let plain = await curl(format + ["\(url)/a?b=c", "\(url)/d"])
            #expect(plain.output == "GET /a?b=c |200 1\nGET /d |200 0\n")
            let post = await curl(format + ["-d", "hello", "\(url)/p"])
            #expect(post.output == "POST /p hello|200 1\n")
            let chunked = await curl(
                format + ["-H", "Transfer-Encoding: chunked", "-T", "-", "\(url)/c"], input: "hello"
            )
            #expect(chunked.output == "PUT /c hello|200 1\n")
            let head = await curl(["-I", "\(url)/h"])
            #expect(head.output == "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n")
            let old = await curl(["-i", "-0", "\(url)/o"])
            #expect(
                old.output
                    == "HTTP/1.1 200 OK\r\nContent-Length: 7\r\nConnection: close\r\n\r\nGET /o ")
        }
    }

    @Test("waits for 100 Continue before a large body, and hears 413 before it sends one too large")
    func continues() async throws {
        try await withServer { _, port in
            let format = ["-o", "/dev/null", "-w", "%{http_code} %{size_upload}"]
            let expect = ["-H", "Expect: 100-continue", "--expect100-timeout", "15"]
            let url = "http://127.0.0.1:\(port)/"
            let some = String(repeating: "x", count: 2 << 20)
            let fits = await curl(format + expect + ["--data-binary", "@-", url], input: some)
            #expect(fits.output == "200 \(2 << 20)")
            let large = await curl(
                format + expect + ["--data-binary", "@-", url], input: some + some + some)
            #expect(large.output == "413 0")
        }
    }

    @Test("hears 417, 411 and 501 where it asks for what is not served")
    func refused() async throws {
        try await withServer { _, port in
            let format = ["-o", "/dev/null", "-w", "%{http_code}"]
            let url = "http://127.0.0.1:\(port)/"
            #expect(await curl(format + ["-H", "Expect: tea", url]).output == "417")
            #expect(await curl(format + ["-X", "POST", url]).output == "411")
            #expect(await curl(format + ["-H", "Transfer-Encoding: gzip", url]).output == "501")
            #expect(await curl(format + ["-H", "Host:", url]).output == "400")
        }
    }
}
