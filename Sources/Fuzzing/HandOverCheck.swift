import Foundation
import Interchange
import RientroProtocol

/// A creditor's hand-over file: what its inspection promises is what is read of it, row by row.
struct HandOverCheck: FuzzCheck {
    private let file = ScratchFile()

    func check(_ input: [UInt8]) throws(BrokenClaim) {
        file.write(input)
        var seen: [UInt8] = []
        let inspected = Result { () throws(HandOverError) in
            try HandOver.inspect(path: file.path, bytes: { seen += $0 })
        }
        guard case .success(let handOver) = inspected else { return }
        try claim(seen == input, "all bytes are given, to be hashed")
        let summary = handOver.summary
        try check(summary)
        try checkQuestions(summary)
        try checkRows(of: handOver)
        // A file is written and kept for this, which takes as long as all the rest.
        if input.count % 8 == 0 { try checkRejected(of: handOver) }
    }

    private func check(_ summary: HandOverSummary) throws(BrokenClaim) {
        let header = summary.format.header
        try claim(summary.rows > 0 && summary.badRows >= 0, "rows are counted")
        try claim(summary.goodRows >= summary.accounts, "an account has a row")
        try claim(header.names.count <= InterchangeLimits.columnsMax, "so many columns at most")
        try claim(
            summary.problems.count <= InterchangeLimits.listedMax
                && summary.flags.count <= InterchangeLimits.listedMax, "so much is listed at most")
        try claim(
            summary.badRows <= summary.problems.count
                || summary.problems.count == InterchangeLimits.listedMax,
            "a bad row has a problem")
        let lines = summary.problems.map(\.line) + summary.flags.map(\.line)
        try claim(
            lines.allSatisfy { $0 > header.line }, "what is wrong lies below the header")
        try claim(
            summary.flagCounts.values.reduce(0, +) >= summary.flags.count, "flags are counted")
    }

    /// What must be said before a file is loaded names what is in the file.
    private func checkQuestions(_ summary: HandOverSummary) throws(BrokenClaim) {
        let names = Set(summary.format.header.names.map(\.utf8.count))
        for question in summary.questions {
            guard case .leftOut(let column) = question else { continue }
            try claim(column.doubt != nil && !column.isTold, "a question has a reason")
            try claim(
                column.label.hasPrefix("#") || names.contains { $0 >= column.name.utf8.count },
                "a column is called as the file calls it")
        }
        try claim(
            summary.wrongTotals.count <= summary.totalCount
                && summary.remarks.count <= summary.remarkCount, "what is set aside is counted")
    }

    private func checkRows(of handOver: HandOver) throws(BrokenClaim) {
        let summary = handOver.summary
        var accounts: [AccountRows] = []
        let reading = Result { () throws(HandOverError) in
            var reader = try handOver.accounts()
            while let account = try reader.next() { accounts.append(account) }
        }
        if case .failure(let error) = reading {
            throw BrokenClaim("an inspected file is read: \(error)")
        }
        let rows = accounts.flatMap(\.rows)
        try claim(accounts.count == summary.accounts, "there are so many accounts as were counted")
        try claim(rows.count == summary.goodRows, "there are so many rows as were counted")
        try claim(Set(rows.map(\.line)).count == rows.count, "a row is read once")
        let keys = accounts.map { [$0.creditor, $0.caseRef] }
        try claim(Set(keys).count == keys.count, "an account is read whole")
        var sums: [String: Int64] = [:]
        for row in rows {
            sums[row.item.currency, default: 0] += row.item.openAmount
            try check(row, below: summary.format.header.line)
        }
        try claim(sums == summary.openAmounts, "the rows add up to what was counted")
    }

    private func check(_ row: HandOverRow, below header: Int) throws(BrokenClaim) {
        try claim(row.line > header, "a row lies below the header")
        try claim(!row.creditor.isEmpty && !row.caseRef.isEmpty, "a row names its account")
        let dates = [row.item.dueOn, row.item.docDate, row.item.interestFrom, row.recallOn]
        for case let date? in dates + [row.debtor.birthDate] {
            try claim(LocalDate.isValid(date), "\(date) is a date")
        }
        let names = [row.debtor.surname, row.debtor.givenName, row.debtor.companyName]
        try claim(names.contains { $0 != nil }, "a debtor has a name")
        let texts = [row.creditor, row.caseRef, row.item.itemRef] + names.compactMap { $0 }
        try claim(
            texts.allSatisfy { $0.utf8.allSatisfy { $0 >= 32 } }, "names hold no control character")
    }

    /// The file of rejected rows is CSV, with a record for each bad row, and no cell of it is a
    /// formula.
    private func checkRejected(of handOver: HandOver) throws(BrokenClaim) {
        defer { unlink(handOver.rejectedPath) }
        let written = Result { () throws(HandOverError) in
            try handOver.writeRejected { _ in "why;\"so\"" }
        }
        guard case .success(let count) = written else {
            throw BrokenClaim("rejected rows can be written: \(written)")
        }
        try claim(count == handOver.summary.badRows, "each bad row is written")
        let bytes = FileManager.default.contents(atPath: handOver.rejectedPath).map { [UInt8]($0) }
        let plain = PlainCSV(
            bytes ?? [], delimiter: UInt8(ascii: ";"), columnsMax: .max)
        try claim(plain.fault == nil, "what is written can be read")
        if handOver.summary.problems.count < InterchangeLimits.listedMax {
            var lines: [String] = []
            for problem in handOver.summary.problems where lines.last != String(problem.line) {
                lines.append(String(problem.line))
            }
            try claim(
                plain.records.dropFirst().map { $0.fields.first } == lines.map { Array($0.utf8) },
                "there is a record for each bad row")
        }
        try claim(
            plain.records.allSatisfy { record in
                record.fields.allSatisfy { field in
                    field.first.map { !"=+-@\t\r\n".utf8.contains($0) } ?? true
                }
            }, "no cell is a formula")
        let reasons = plain.records.dropFirst().map { $0.fields.dropFirst(2).first }
        try claim(
            reasons.allSatisfy { $0?.starts(with: Array("why;\"so\"".utf8)) ?? false },
            "a reason stays one field")
    }
}
