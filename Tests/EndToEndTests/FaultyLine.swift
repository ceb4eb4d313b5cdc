import Foundation
import Glibc
import Synchronization

/// The line between offices and centre: a relay on loopback that counts what passes, and loses,
/// cuts, repeats or delays it as it is told.
///
/// Offices keep its address while the centre is restarted on another port.
final class FaultyLine: Sendable {
    /// What happens to one request and its answer.
    enum Fault: Sendable, Equatable {
        case none
        /// The connection ends before the centre hears anything.
        case dropped
        /// The centre hears only the first bytes.
        case requestCut(Int)
        /// The centre answers, and nobody hears it.
        case answerLost
        /// Only the first bytes of the answer come through.
        case answerCut(Int)
        /// The centre gets the same bytes twice; the second answer is passed on.
        case twice
        /// The answer waits for so many milliseconds.
        case delayed(Int)
    }

    /// One request that came by, with its answer where there was one.
    struct Exchange: Sendable {
        var number: Int
        var request: HTTPText
        var answer: HTTPText?
        var fault: Fault
    }

    typealias Plan = @Sendable (_ number: Int, _ request: HTTPText) -> Fault

    private struct State {
        var target: Int
        var isDown = false
        var isClosed = false
        var plan: Plan = { _, _ in .none }
        var exchanges: [Exchange] = []
    }

    /// The address that offices are told.
    let port: Int
    private let listener: Int32
    private let state: Mutex<State>

    init(to target: Int) throws {
        state = Mutex(State(target: target))
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        port = try Socket.listen(listener)
        Thread.detachNewThread { [self] in acceptAll() }
    }

    var url: String { "http://127.0.0.1:\(port)" }

    /// Leads to another port from now on: the centre came back.
    func lead(to target: Int) { state.withLock { $0.target = target } }

    /// While it is down, every connection ends at once.
    func setDown(_ isDown: Bool) { state.withLock { $0.isDown = isDown } }

    /// What happens from now on; requests are counted from 0 again.
    func follow(_ plan: @escaping Plan = { _, _ in .none }) {
        state.withLock {
            $0.plan = plan
            $0.exchanges = []
        }
    }

    /// All that came by since `follow`.
    var exchanges: [Exchange] { state.withLock { $0.exchanges } }

    /// Ends the listening; connections end with their clients.
    func close() {
        let wasClosed = state.withLock { state in
            defer { state.isClosed = true }
            return state.isClosed
        }
        if !wasClosed { shutdown(listener, Int32(SHUT_RDWR)) }
    }

    private func acceptAll() {
        while true {
            let descriptor = accept(listener, nil, nil)
            let (isDown, isClosed) = state.withLock { ($0.isDown, $0.isClosed) }
            if isClosed {
                if descriptor >= 0 { Glibc.close(descriptor) }
                Glibc.close(listener)
                return
            }
            guard descriptor >= 0 else {
                usleep(1_000)
                continue
            }
            if isDown {
                Glibc.close(descriptor)
                continue
            }
            Thread.detachNewThread { [self] in serve(Socket(descriptor: descriptor)) }
        }
    }

    /// Relays one connection, request by request, until either side ends it.
    private func serve(_ office: Socket) {
        var requests = HTTPReader(office)
        while true {
            let request = requests.next(seconds: 120) { head in
                if head.field("Expect")?.lowercased() == "100-continue" {
                    office.send(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))
                }
            }
            guard let request, !state.withLock({ $0.isDown || $0.isClosed }) else { return }
            let (number, plan, target) = state.withLock { state in
                let number = state.exchanges.count
                state.exchanges.append(
                    Exchange(number: number, request: request, answer: nil, fault: .none))
                return (number, state.plan, state.target)
            }
            let fault = plan(number, request)
            state.withLock {
                if $0.exchanges.indices.contains(number) { $0.exchanges[number].fault = fault }
            }
            if fault == .dropped { return }
            guard let answer = exchange(request, fault, target) else { return }
            state.withLock {
                if $0.exchanges.indices.contains(number) { $0.exchanges[number].answer = answer }
            }
            guard passOn(answer, fault, to: office) else { return }
        }
    }

    /// Asks the centre, each time on a connection of its own.
    private func exchange(_ request: HTTPText, _ fault: Fault, _ target: Int) -> HTTPText? {
        var answer: HTTPText?
        for _ in 0..<(fault == .twice ? 2 : 1) {
            guard let centre = try? Socket(port: target) else { return nil }
            if case .requestCut(let count) = fault {
                centre.send(request.bytes.prefix(count))
                return nil
            }
            centre.send(request.bytes)
            var reader = HTTPReader(centre)
            repeat {
                answer = reader.next(seconds: 120, hasBody: request.words.first != "HEAD")
            } while answer?.status == 100
        }
        return answer
    }

    private func passOn(_ answer: HTTPText, _ fault: Fault, to office: Socket) -> Bool {
        switch fault {
        case .answerLost: return false
        case .answerCut(let count):
            office.send(answer.bytes.prefix(count))
            return false
        case .delayed(let milliseconds): usleep(UInt32(clamping: milliseconds) * 1_000)
        default: break
        }
        return office.send(answer.bytes) && answer.field("Connection")?.lowercased() != "close"
    }
}
