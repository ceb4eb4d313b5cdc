import Synchronization

/// What a program tells: facts on standard output, everything else on standard error.
///
/// With `--json` standard output holds JSON and nothing else, and progress and remarks are
/// silent; complaints never are. All text passes ``Visible``, so no row can command the terminal.
package final class Output: Sendable {
    /// For whom the facts are written.
    package enum Style: Equatable, Sendable {
        /// For people.
        case text
        /// For programs.
        case json
    }

    /// For whom the facts are written.
    package let style: Style
    /// Whether remarks and progress are left out.
    package let isQuiet: Bool
    /// How numbers and amounts are written.
    package let language: Language

    private let program: String
    private let facts: Sink
    private let remarks: Sink
    private let broken = Mutex(false)

    /// An output for a program.
    ///
    /// - Parameters:
    ///   - program: its name, which stands before each complaint.
    ///   - facts: standard output.
    ///   - remarks: standard error.
    package init(
        program: String, style: Style = .text, isQuiet: Bool = false,
        language: Language = .english, facts: Sink = .standardOutput,
        remarks: Sink = .standardError
    ) {
        self.program = program
        self.style = style
        self.isQuiet = isQuiet || style == .json
        self.language = language
        self.facts = facts
        self.remarks = remarks
    }

    /// Whether something could not be written to standard output: then the exit code should be
    /// ``ExitCode/failed``, since whoever reads the facts has not got them all.
    package var isBroken: Bool { broken.withLock { $0 } }

    /// Writes a fact for people on a line of its own; nothing with `--json`.
    package func say(_ text: String) {
        guard style == .text else { return }
        writeFact(Visible.lines(text) + "\n")
    }

    /// Writes a table for people, cut to the terminal's width if there is one; nothing with
    /// `--json`.
    package func say(_ table: TextTable) {
        guard style == .text else { return }
        writeFact(table.text(columns: facts.columns()))
    }

    /// Writes a value for programs; nothing without `--json`.
    package func json(_ value: @autoclosure () -> JSONValue) {
        guard style == .json else { return }
        writeFact(value().text)
    }

    /// Writes a remark that nobody needs to read, to standard error; nothing if quiet.
    package func remark(_ text: String) {
        guard !isQuiet else { return }
        _ = remarks.write(Visible.lines(text) + "\n")
    }

    /// Writes what went wrong, as a sentence behind the program's name, to standard error.
    package func complain(_ text: String) {
        _ = remarks.write("\(program): \(Visible.lines(text))\n")
    }

    /// Progress of something that may take over a second; silent if quiet.
    ///
    /// - Parameters:
    ///   - label: what is being done, in a few words.
    ///   - total: how much there is to do, if it is known.
    ///   - clock: milliseconds since any fixed time, never going back.
    package func progress(
        _ label: String, total: Int?,
        clock: @escaping @Sendable () -> Int64 = Progress.monotonicMilliseconds
    ) -> Progress {
        Progress(
            label: label, total: total, language: language, sink: isQuiet ? nil : remarks,
            clock: clock)
    }

    /// The width to fold longer text to, if standard output is a terminal.
    package var columns: Int? { facts.columns() }

    private func writeFact(_ text: String) {
        if !facts.write(text) { broken.withLock { $0 = true } }
    }
}
