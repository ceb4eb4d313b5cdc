/// Why a benchmark has no result.
enum BenchError: Error {
    /// After the merge two files that should be equal are not: what was measured was no merge.
    case filesDiffer
    /// A program that the benchmark calls failed.
    case failed(program: String)

    var sentence: String {
        switch self {
        case .filesDiffer: "the files differ after the merge, so nothing was measured"
        case .failed(let program): "\(program) failed: install it, or leave the figure out"
        }
    }
}
