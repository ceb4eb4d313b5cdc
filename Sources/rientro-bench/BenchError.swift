/// Why a benchmark has no result.
enum BenchError: Error {
    /// After the merge two files that should be equal are not: what was measured was no merge.
    case filesDiffer
    /// A program that the benchmark calls failed.
    case failed(program: String)
    /// A program that a figure needs is not installed.
    case missing(program: String, figure: String)
    /// The record to compare with cannot be read.
    case unreadable(path: String, fact: String)
    /// The server is not where the benchmark looks for it.
    case noServer(path: String)
    /// What was to be measured did not come about: what was asked for, and what came.
    case unexpected(String)

    var sentence: String {
        switch self {
        case .filesDiffer: "the files differ after the merge, so nothing was measured"
        case .unreadable(let path, let fact): "\(path) is no record of a run: \(fact)"
        case .failed(let program): "\(program) failed"
        case .missing(let program, let figure):
            "\(figure) is measured with \(program): install it, or leave \(figure) out with --only"
        case .noServer(let path): "there is no server at \(path): build rientro-server beside it"
        case .unexpected(let fact): "nothing was measured: \(fact)"
        }
    }
}
