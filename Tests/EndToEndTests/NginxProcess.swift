import Foundation
import Testing

/// nginx in front of a server, with the configuration that is shipped: only names, ports and paths
/// are other ones.
final class NginxProcess {
    let plainPort: Int
    let securePort: Int
    let certificate: String
    let logPath: String
    private let child: Child

    init(before server: ServerProcess, in folder: Folder) throws {
        plainPort = try Socket.freePort()
        securePort = try Socket.freePort()
        certificate = folder("certificate.pem")
        logPath = folder("access.log")
        let key = folder("key.pem")
        try folder.run(
            "openssl",
            [
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
                "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
                "-keyout", key, "-out", certificate,
            ]
        ).expect(0)
        let changes = [
            ("server 127.0.0.1:8080;", "server 127.0.0.1:\(server.port);"),
            (
                "listen 443 ssl;",
                "listen 127.0.0.1:\(securePort) ssl; listen 127.0.0.1:\(plainPort);"
            ),
            ("/etc/ssl/certs/centre.example.com.pem", certificate),
            ("/etc/ssl/private/centre.example.com.key", key),
            ("/var/log/nginx/rientro.log", logPath),
            ("/var/log/nginx/rientro.error.log", folder("error.log")),
        ]
        var shipped = try String(
            contentsOfFile: "\(Programs.repository)/Server/nginx.conf", encoding: .utf8)
        for (old, new) in changes {
            guard shipped.contains(old) else { throw Failure("nginx.conf lacks \(old)") }
            shipped = shipped.replacing(old, with: new)
        }
        try folder.write("shipped.conf", shipped)
        let kinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        try folder.write(
            "nginx.conf",
            """
            daemon off;
            worker_processes 1;
            pid \(folder("nginx.pid"));
            error_log \(folder("main.log"));
            events {}
            http {
              \(kinds.map { "\($0)_temp_path \(folder($0));" }.joined(separator: "\n  "))
              include \(folder("shipped.conf"));
            }
            """)
        child = try folder.start(
            "nginx", ["-p", folder.path, "-c", folder("nginx.conf"), "-e", folder("main.log")])
        let deadline = Date() + 20
        while (try? Socket(port: plainPort)) == nil {
            guard Date() < deadline, !child.hasEnded() else {
                let log = FileManager.default.contents(atPath: folder("main.log")) ?? Data()
                throw Failure("nginx: \(child.errors) \(String(decoding: log, as: UTF8.self))")
            }
            usleep(20_000)
        }
    }

    deinit {
        child.kill(SIGTERM)
        _ = try? child.wait(seconds: 10)
    }

    var url: String { "http://127.0.0.1:\(plainPort)" }
    var log: String {
        String(decoding: FileManager.default.contents(atPath: logPath) ?? Data(), as: UTF8.self)
    }
}
