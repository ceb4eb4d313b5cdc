import Foundation
import Testing

/// A whole firm of one test: a centre with portfolios and accounts, a server behind a line that can
/// fail, and offices.
final class Firm {
    let folder: Folder
    let centre: String
    let line: FaultyLine
    private(set) var server: ServerProcess?

    /// The database of the centre, for the `sqlite3` shell.
    var database: String { "\(centre)/centre.sqlite" }

    /// Makes the centre, imports a file of so many accounts into each portfolio, and serves.
    ///
    /// Each portfolio has a creditor of its own, `C-` and its name.
    init(portfolios: [String] = ["MATERA"], accounts: Int = 4, centreIn: String? = nil) throws {
        folder = try Folder()
        centre = centreIn ?? folder("centre")
        line = try FaultyLine(to: 1)
        try centre("init").expect(0)
        try centre("operator", "add", id: "MROSSI", "--name", "Maria Rossi").expect(0)
        try centre("operator", "add", id: "LBIANCHI", "--name", "Luca Bianchi").expect(0)
        for portfolio in portfolios {
            try centre("portfolio", "add", id: portfolio, "--name", portfolio.capitalized).expect(0)
            try centre("creditor", "add", id: "C-\(portfolio)", "--name", "Ente \(portfolio)")
                .expect(0)
            let file = try folder.write(
                "\(portfolio).csv",
                HandOverFile.text(creditor: "C-\(portfolio)", accounts: accounts))
            try run(["import", centre, file, "--portfolio", portfolio]).expect(0)
        }
        try serve()
    }

    deinit { line.close() }

    /// Runs `rientro-server` with words before the centre's folder and words after it.
    @discardableResult
    func centre(_ words: String..., id: String? = nil, _ rest: String...) throws -> Answer {
        try run(words + [centre] + (id.map { [$0] } ?? []) + rest)
    }

    /// Runs `rientro-server` with exactly these arguments.
    @discardableResult
    func run(_ arguments: [String], input: String = "", seconds: Double = 90) throws -> Answer {
        try folder.run(Programs.centre, arguments, input: input, seconds: seconds)
    }

    /// Starts the server, again on another port; the line leads to it.
    @discardableResult
    func serve(descriptors: String? = nil) throws -> ServerProcess {
        let started = try ServerProcess(centre, in: folder, descriptors: descriptors)
        server = started
        line.lead(to: started.port)
        return started
    }

    /// The server, or the end of the test where none runs.
    func running() throws -> ServerProcess {
        try #require(server, "no server was started")
    }

    /// A one-time code for an office of these portfolios, and its number.
    func code(_ name: String, _ portfolios: [String]) throws -> (number: Int, code: String) {
        let words = portfolios.flatMap { ["--portfolio", $0] }
        let answer = try run(["replica", "add", centre, "--name", name, "--json"] + words).expect(0)
        let json = try answer.json()
        let number = try #require(json["replica"].number, "\(answer)")
        return (number, try #require(json["code"].text, "\(answer)"))
    }

    /// An office with a replica of its own, enrolled through the line.
    func office(_ name: String, _ portfolios: [String] = ["MATERA"]) throws -> Office {
        let (number, code) = try code(name, portfolios)
        let office = Office(folder: folder, path: folder("\(name).replica"), number: number)
        try office.run("init", "--server", line.url, "--code", "-", input: code + "\n").expect(0)
        return office
    }

    /// Rows of the centre's database; columns are separated by `|`.
    func rows(_ sql: String) throws -> [String] { try Shell(folder).rows(database, sql) }

    /// How many requests to the route the line has carried since `follow`.
    func requests(to path: String) -> Int {
        line.exchanges.count { $0.request.path == path }
    }
}

/// The `sqlite3` shell, as a person would use it.
struct Shell {
    let folder: Folder

    init(_ folder: Folder) { self.folder = folder }

    func answer(_ file: String, _ sql: String, seconds: Double = 90) throws -> Answer {
        try folder.run(
            "sqlite3", ["-batch", "-bail", file], input: ".timeout 20000\n\(sql)\n",
            seconds: seconds)
    }

    func rows(_ file: String, _ sql: String) throws -> [String] {
        try answer(file, sql + ";").expect(0).lines
    }
}
