import Foundation
import Terminal

let opening = Opening.of(
    BenchProgram.command, words: Array(CommandLine.arguments.dropFirst()), in: .ofThisProcess())
switch opening {
case .end(let code):
    exit(code.rawValue)
case .run(let parsed, let output):
    exit(await BenchProgram.run(parsed, output).rawValue)
}
