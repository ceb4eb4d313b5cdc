import Terminal

/// The office's program: its commands, and how one of them is run.
enum Program {
    /// A command: how it is called, and what it does.
    struct Entry: Sendable {
        /// How it is called.
        let declaration: Command
        /// What it does.
        let run: @Sendable (Session) async throws(OfficeError) -> ExitCode
    }

    /// Every command, in the order of the help page.
    static let entries: [Entry] = [
        Entry(declaration: InitCommand.declaration, run: InitCommand.run),
        Entry(declaration: EnrolCommand.declaration, run: EnrolCommand.run),
        Entry(declaration: CentreCommand.declaration, run: CentreCommand.run),
        Entry(declaration: NameCommand.declaration, run: NameCommand.run),
        Entry(declaration: SyncCommand.declaration, run: SyncCommand.run),
        Entry(declaration: StatusCommand.declaration, run: StatusCommand.run),
        Entry(declaration: TodayCommand.declaration, run: TodayCommand.run),
        Entry(declaration: TasksCommand.declaration, run: TasksCommand.run),
        Entry(declaration: DebtorsCommand.declaration, run: DebtorsCommand.run),
        Entry(declaration: AccountsCommand.declaration, run: AccountsCommand.run),
        Entry(declaration: ShowCommand.declaration, run: ShowCommand.run),
        Entry(declaration: NoteCommand.declaration, run: NoteCommand.run),
        Entry(declaration: PayCommand.declaration, run: PayCommand.run),
        Entry(declaration: PromiseCommand.declaration, run: PromiseCommand.run),
        Entry(declaration: SetCommand.declaration, run: SetCommand.run),
        Entry(declaration: TaskCommand.declaration, run: TaskCommand.run),
        Entry(declaration: ChangesCommand.declaration, run: ChangesCommand.run),
        Entry(declaration: UndoCommand.declaration, run: UndoCommand.run),
        Entry(declaration: ConflictsCommand.declaration, run: ConflictsCommand.run),
        Entry(declaration: ResolveCommand.declaration, run: ResolveCommand.run),
        Entry(declaration: RejectedCommand.declaration, run: RejectedCommand.run),
        Entry(declaration: VerifyCommand.declaration, run: VerifyCommand.run),
    ]

    /// The program as one command.
    static let declaration = Command(
        "rientro", "Works an office's accounts, with or without a line to the centre",
        discussion: """
            All reading and writing happens in REPLICA, one SQLite file. Only init, enrol, sync \
            and verify need the line; what is written without it goes with the next sync. REPLICA \
            may be left out where RIENTRO_REPLICA is set.

            ACCOUNT is an id, a case reference, or a beginning of either that no other account \
            has; or the number of a row of the list that was shown last in this terminal. \
            `rientro today` begins the day, and `rientro undo` takes back what was typed last.

            DATE is a day such as 15/12/2026, 3/12, venerdì, friday, domani, tomorrow, +7 or \
            2026-12-15; the day stands before the month. What a command would ask is answered by \
            --yes; where nobody can be asked, nothing is written.

            What is longer than the screen is shown by RIENTRO_PAGER or PAGER, or else by less.

            It ends with 0 when what was asked is done, 1 when it failed, 2 when the command line \
            is wrong, 3 when it is done in part (refusals or conflicts to look at), and 4 without \
            contact to the centre, when nothing is lost.
            """,
        options: [
            .flag("json", "Write JSON to standard output, for programs"),
            .flag("quiet", short: "q", "Leave out remarks and progress"),
            Session.operatorOption,
        ],
        subcommands: entries.map(\.declaration))

    /// Reads the command line, runs the command, and gives the number for the shell.
    static func run(_ words: [String]) async -> Int32 {
        let surroundings = Surroundings.ofThisProcess()
        switch Opening.of(declaration, words: words, in: surroundings) {
        case .end(let code):
            return code.rawValue
        case .run(let parsed, let output):
            let session = Session(
                parsed: parsed, output: output, environment: surroundings.environment)
            return await run(session).rawValue
        }
    }

    private static func run(_ session: Session) async -> ExitCode {
        guard let entry = entries.first(where: { [$0.declaration.name] == session.parsed.command })
        else { return .usage }
        do throws(OfficeError) {
            let code = try await entry.run(session)
            session.output.endPage()
            return session.output.isBroken ? .failed : code
        } catch {
            session.output.endPage()
            session.report(error)
            return error.exitCode
        }
    }
}
