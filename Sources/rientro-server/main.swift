import Foundation
import Terminal

let opening = Opening.of(
    CentreProgram.command, words: Array(CommandLine.arguments.dropFirst()),
    in: .ofThisProcess())
switch opening {
case .end(let code):
    exit(code.rawValue)
case .run(let parsed, let output):
    exit(await CentreProgram.run(parsed, output).rawValue)
}
