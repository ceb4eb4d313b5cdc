import Testing

@testable import RientroHTTP

@Suite("an address")
struct HTTPAddressTests {
    @Test("is read and written back in canonical spelling")
    func valid() throws {
        for (text, host, port, isLoopback) in [
            ("127.0.0.1:8080", "127.0.0.1", 8080 as UInt16, true),
            ("0.0.0.0:0", "0.0.0.0", 0, false),
            ("[::1]:65535", "::1", 65535, true),
            ("[2001:db8::2]:80", "2001:db8::2", 80, false),
        ] {
            let address = try HTTPAddress(text)
            #expect(address.host == host)
            #expect(address.port == port)
            #expect(address.description == text)
            #expect(address.isLoopback == isLoopback)
        }
        #expect(try HTTPAddress("[0:0::0:1]:1").description == "[::1]:1")
    }

    @Test(
        "that is not numeric, or not whole, is refused",
        arguments: [
            "", ":", "8080", "127.0.0.1", "127.0.0.1:", ":80", "127.0.0.1:65536", "127.0.0.1:+1",
            "127.0.0.1:-1", "127.0.0.1:000080", "127.0.0.1: 1", "localhost:80", "::1:80", "[]:80",
            "[::1:80", "::1]:80", "[127.0.0.1]:80", "127.0.0.1\0x:80", "256.0.0.1:1", "1.1:1",
            "[::1%lo]:1",
        ])
    func invalid(_ text: String) {
        #expect(throws: HTTPError.invalidAddress(text)) { try HTTPAddress(text) }
    }
}
