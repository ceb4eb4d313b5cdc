// rientro-fuzz TARGET [libFuzzer's options and folders]   fuzzes one target
// rientro-fuzz --targets                                  prints their names
// rientro-fuzz --seeds REPOSITORY FOLDER                  writes seeds and dictionaries
//
// `.ci/fuzz` runs it; README.md has the rest.

import CRientroFuzzer
import Foundation
import Fuzzing

/// The check that libFuzzer's inputs are given to.
var check: (any FuzzCheck)?

func complain(_ words: String) {
    FileHandle.standardError.write(Data((words + "\n").utf8))
}

/// One input. libFuzzer keeps the one on which the process ends.
func one(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let input = Array(UnsafeBufferPointer(start: data, count: count))
    // libFuzzer calls on the thread that called it, which is the first one.
    MainActor.assumeIsolated {
        do throws(BrokenClaim) {
            try check?.check(input)
        } catch {
            complain("rientro-fuzz: not true: \(error)")
            abort()
        }
    }
    return 0
}

@MainActor func fuzz(_ target: FuzzTarget, _ options: ArraySlice<String>) throws -> Int32 {
    check = try target.makeCheck()
    var arguments = [CommandLine.arguments[0], "-max_len=\(target.inputBytesMax)"] + options
    arguments.append("-close_fd_mask=0")
    var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    var count = Int32(arguments.count)
    return pointers.withUnsafeMutableBufferPointer { buffer in
        var start = buffer.baseAddress
        return LLVMFuzzerRunDriver(&count, &start) { one($0, $1) }
    }
}

func writeSeeds(from repository: String, to folder: String) throws {
    let seeds = try Seeds(repository: repository)
    for target in FuzzTarget.allCases {
        let own = URL(fileURLWithPath: folder).appendingPathComponent(target.rawValue)
        try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
        for (index, bytes) in seeds.inputs(of: target).enumerated() {
            try Data(bytes).write(to: own.appendingPathComponent("seed-\(index)"))
        }
        let lines = seeds.words(of: target).map { word in
            "\"" + word.map { String(format: "\\x%02x", $0) }.joined() + "\""
        }
        try Data((lines.joined(separator: "\n") + "\n").utf8)
            .write(to: own.appendingPathExtension("dict"))
    }
}

let arguments = CommandLine.arguments.dropFirst()
if arguments == ["--targets"] {
    let names = FuzzTarget.allCases.map { $0.rawValue + "\n" }.joined()
    FileHandle.standardOutput.write(Data(names.utf8))
} else if arguments.count == 3, arguments.first == "--seeds" {
    try writeSeeds(from: CommandLine.arguments[2], to: CommandLine.arguments[3])
} else if let target = arguments.first.flatMap(FuzzTarget.init(rawValue:)) {
    exit(try fuzz(target, arguments.dropFirst()))
} else {
    complain("rientro-fuzz TARGET …, --targets or --seeds REPOSITORY FOLDER")
    exit(2)
}
