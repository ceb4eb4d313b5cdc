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
    private let pager: Pager?
    private let broken = Mutex(false)
    /// Facts that are kept for a pager; nil where they are written at once.
    private let page = Mutex<String?>(nil)

    /// An output for a program.
    ///
    /// - Parameters:
    ///   - program: its name, which stands before each complaint.
    ///   - facts: standard output.
    ///   - remarks: standard error.
    ///   - pager: what shows a page that is longer than the screen; nil for nothing.
    package init(
        program: String, style: Style = .text, isQuiet: Bool = false,
        language: Language = .english, facts: Sink = .standardOutput,
        remarks: Sink = .standardError, pager: Pager? = nil
    ) {
        self.program = program
        self.style = style
        self.isQuiet = isQuiet || style == .json
        self.language = language
        self.facts = facts
        self.remarks = remarks
        self.pager = pager
    }

    /// Whether something could not be written to standard output: then the exit code should be
    /// ``ExitCode/failed``, since whoever reads the facts has not got them all.
    package var isBroken: Bool { broken.withLock { $0 } }

    /// Writes a fact for people on lines of its own, folded at the terminal's width if there is
    /// one; nothing with `--json`.
    package func say(_ text: String) {
        guard style == .text else { return }
        writeFact(folded(text, facts) + "\n")
    }

    /// Writes a table for people, folded to the terminal's width if there is one; nothing with
    /// `--json`. Columns for which the terminal has no room are remarked on.
    package func say(_ table: TextTable) {
        guard style == .text else { return }
        writeFact(table.text(columns: facts.columns()))
        let leftOut = table.leftOut(columns: facts.columns())
        guard !leftOut.isEmpty else { return }
        remark("(no room here for: \(leftOut.joined(separator: ", ")))")
    }

    /// From here on facts are one page: where standard output is a terminal and they turn out to
    /// be longer than its screen, a pager shows them. ``endPage()`` writes them.
    package func beginPage() {
        guard style == .text, facts.isTerminal, pager != nil else { return }
        page.withLock { $0 = $0 ?? "" }
    }

    /// Writes the page that was begun, if any, to the pager or to the terminal.
    package func endPage() {
        let text = page.withLock { page in
            defer { page = nil }
            return page
        }
        guard let text, !text.isEmpty else { return }
        if let pager, let rows = facts.rows(), height(text) > rows, pager.show(text) { return }
        writeFact(text)
    }

    /// How many rows of the terminal a text takes, the line for the next prompt included.
    private func height(_ text: String) -> Int {
        guard let columns = facts.columns() else { return 0 }
        return text.split(separator: "\n", omittingEmptySubsequences: false).reduce(0) {
            $0 + max(1, (TextWidth.columns(String($1)) + columns - 1) / columns)
        }
    }

    private func folded(_ text: String, _ sink: Sink) -> String {
        let shown = Visible.lines(text)
        guard let columns = sink.columns() else { return shown }
        return shown.split(separator: "\n", omittingEmptySubsequences: false)
            .flatMap { Wrapping.sentence(String($0), columns: columns) }
            .joined(separator: "\n")
    }

    /// Writes a value for programs; nothing without `--json`.
    package func json(_ value: @autoclosure () -> JSONValue) {
        guard style == .json else { return }
        writeFact(value().text)
    }

    /// Writes a remark that nobody needs to read, to standard error; nothing if quiet.
    package func remark(_ text: String) {
        guard !isQuiet else { return }
        _ = remarks.write(folded(text, remarks) + "\n")
    }

    /// Writes what a person has to see before he answers a question, to standard error, also if
    /// quiet.
    package func warn(_ text: String) {
        _ = remarks.write(folded(text, remarks) + "\n")
    }

    /// Writes what went wrong, as a sentence behind the program's name, to standard error.
    package func complain(_ text: String) {
        _ = remarks.write(folded("\(program): \(text)", remarks) + "\n")
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
        let isKept = page.withLock { page in
            guard page != nil else { return false }
            page?.append(text)
            return true
        }
        if isKept { return }
        if !facts.write(text) { broken.withLock { $0 = true } }
    }
}
