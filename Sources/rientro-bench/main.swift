import Foundation
import Terminal

var words = Array(CommandLine.arguments.dropFirst())
var program: (command: Command, run: (Parsed, Output) async -> ExitCode) =
    (BenchProgram.command, BenchProgram.run)
switch words.first {
case "simulate": program = (SimulateProgram.command, SimulateProgram.run)
#if Mutations
    case "mutants": program = (MutantsProgram.command, MutantsProgram.run)
#endif
default: words.insert("", at: 0)
}
words.removeFirst()
switch Opening.of(program.command, words: words, in: .ofThisProcess()) {
case .end(let code):
    exit(code.rawValue)
case .run(let parsed, let output):
    exit(await program.run(parsed, output).rawValue)
}
