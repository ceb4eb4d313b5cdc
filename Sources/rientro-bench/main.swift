import Foundation
import Terminal

var words = Array(CommandLine.arguments.dropFirst())
let isSimulation = words.first == "simulate"
if isSimulation { words.removeFirst() }
let command = isSimulation ? SimulateProgram.command : BenchProgram.command
switch Opening.of(command, words: words, in: .ofThisProcess()) {
case .end(let code):
    exit(code.rawValue)
case .run(let parsed, let output):
    exit(
        isSimulation
            ? SimulateProgram.run(parsed, output).rawValue
            : await BenchProgram.run(parsed, output).rawValue)
}
