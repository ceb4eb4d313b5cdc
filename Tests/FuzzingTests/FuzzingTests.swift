import Foundation
import Fuzzing
import RientroProtocol
import Testing

/// The short form of `make fuzz`: the same checks over their seeds and damage to them. A failure
/// names the input, which `.ci/fuzz --again TARGET FILE` tries again.
@Suite("what comes from outside") struct FuzzingTests {
    private let seeds: Seeds

    init() throws {
        let here = URL(fileURLWithPath: #filePath)
        seeds = try Seeds(repository: here.appendingPathComponent("../../..").standardized.path)
    }

    private func hex(_ bytes: [UInt8]) -> String {
        bytes.map { String(format: "%02x", $0) }.joined()
    }

    @Test("all claims hold of the seeds, and of damage to them", arguments: FuzzTarget.allCases)
    func claims(target: FuzzTarget) throws {
        var check = try target.makeCheck()
        var mutation = Mutation(of: target, seeds: seeds, seed: 4)
        let inputs = seeds.inputs(of: target) + (0..<600).map { _ in mutation.next() }
        #expect(Set(inputs).count > 500)
        for input in inputs {
            do throws(BrokenClaim) {
                try check.check(input)
            } catch {
                Issue.record("\(target.rawValue) \(hex(input)): \(error)")
            }
        }
    }

    @Test("the seeds of messages have what they are made around")
    func seedsAround() throws {
        func read<T>(_ target: FuzzTarget, _ decode: ([UInt8]) throws -> T) -> [T] {
            seeds.inputs(of: target).compactMap { try? decode($0) }
        }
        let sets = read(.changeSet, ChangeSet.init(decoding:))
        #expect(sets.count { (try? UnitChanges.decode($0.part.content)) != nil } > 10)
        let sent = read(.request, SyncRequest.init(decoding:)).flatMap(\.changeSets)
        #expect(sent.count { (try? ChangeSet(decoding: $0)) != nil } > 3)
        let answers = read(.answer, SyncAnswer.init(decoding:))
        #expect(answers.count { !$0.commits.isEmpty } > 3)
        #expect(answers.count { !$0.outcomes.isEmpty } > 3)
        #expect(seeds.inputs(of: .answer).count > answers.count)
    }

    @Test("damage follows from the seed alone")
    func repeatable() {
        func some(_ seed: UInt64) -> [[UInt8]] {
            var mutation = Mutation(of: .httpHead, seeds: seeds, seed: seed)
            return (0..<50).map { _ in mutation.next() }
        }
        #expect(some(1) == some(1))
        #expect(some(1) != some(2))
    }
}
