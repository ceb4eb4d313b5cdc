import Foundation
import FoundationNetworking
import Testing

/// An HTTP client that was not written here.
enum TestHTTP {
    struct Answer: Sendable {
        let status: Int
        let fields: [String: String]
        let body: [UInt8]

        /// The word of a problem.
        var code: String? {
            let json = try? JSONSerialization.jsonObject(with: Data(body)) as? [String: Any]
            return json?["code"] as? String
        }
    }

    private static let session: URLSession = {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpMaximumConnectionsPerHost = 128
        configuration.timeoutIntervalForRequest = 60
        configuration.connectionProxyDictionary = [:]
        return URLSession(configuration: configuration)
    }()

    static func send(
        _ method: String, _ url: String, _ fields: [String: String] = [:], body: [UInt8]? = nil
    ) async throws -> Answer {
        var request = URLRequest(url: try #require(URL(string: url)))
        request.httpMethod = method
        for (name, value) in fields { request.setValue(value, forHTTPHeaderField: name) }
        request.httpBody = body.map { Data($0) }
        request.cachePolicy = .reloadIgnoringLocalCacheData
        let (data, response) = try await session.data(for: request)
        let http = try #require(response as? HTTPURLResponse)
        var found: [String: String] = [:]
        for (name, value) in http.allHeaderFields {
            found["\(name)".lowercased()] = "\(value)"
        }
        return Answer(status: http.statusCode, fields: found, body: [UInt8](data))
    }
}
