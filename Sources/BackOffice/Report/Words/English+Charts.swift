/// What the charts say, in English.
extension English {
    func title(of figure: Figure.Name) -> String {
        switch figure {
        case .ageing: "Ageing of what is open"
        case .recovery: "Recovery rate by lot"
        case .promises: "Promises kept"
        case .reasons: "Reasons for non-payment"
        case .contacts: "Contacts by hour and channel"
        case .offices: "Sync health of the offices"
        }
    }

    func note(on figure: Figure.Name) -> String {
        switch figure {
        case .ageing: "Open balance by days past due of the item, with its share of the total."
        case .recovery: "Net collected in percent of what was placed, by month since placement."
        case .promises:
            "Number of promises by month of deadline; above, the share kept of those fallen due."
        case .reasons: "Open accounts by their last recorded reason, with the share of all."
        case .contacts: "Outgoing attempts since the first of the month; the stronger, the more."
        case .offices: "Time from the last sync to the end of the day that was closed."
        }
    }

    func nothing(in figure: Figure.Name) -> String {
        switch figure {
        case .ageing: "Nothing is open."
        case .recovery: "Nothing has been placed yet."
        case .promises: "No promise has been taken yet."
        case .reasons: "There are no open accounts."
        case .contacts: "No attempt to contact anyone was recorded this month."
        case .offices: "No office is connected yet."
        }
    }

    func insight(_ finding: AgeingChart.Finding) -> Insight {
        let total = numerals.shortAmount(finding.total, finding.currency)
        let largest = share(finding.largestAmount, finding.total)
        let place =
            finding.largest == .notDue
            ? "is not due yet" : "is \(name(of: finding.largest).lowercased()) past due"
        let meaning = "\(total) is open. The largest part, \(largest), \(place)."
        switch finding.advice {
        case .decide:
            let old = share(finding.old, finding.total)
            return Insight(
                "\(meaning) \(old) has been due for more than 180 days.",
                "Decide account by account: settlement, formal notice or write-off.")
        case .call:
            let young = share(finding.young, finding.total)
            return Insight(
                "\(meaning) \(young) has been due for at most 60 days.",
                "This is young debt: calling now is when it pays most.")
        case .hold:
            let old =
                finding.old == 0
                ? "Nothing is beyond 180 days."
                : "Beyond 180 days there is \(share(finding.old, finding.total))."
            return Insight(
                "\(meaning) \(old)",
                "Work the buckets from 61 to 180 days first, before they grow old.")
        }
    }

    func insight(_ finding: RecoveryChart.Finding) -> Insight {
        let start =
            "The youngest lot, \(finding.youngest), is at "
            + share(finding.soFar, finding.placed)
        guard let older = finding.older, let ahead = finding.tenthsAhead else {
            return Insight(
                finding.month == 0
                    ? "\(start) in its month of placement; it is too early to compare it with "
                        + "others."
                    : "\(start); there are no older lots of enough accounts to compare it with.")
        }
        let months = finding.month == 1 ? "1 month" : "\(finding.month) months"
        let rate = share(finding.collected, finding.placed)
        let before = share(older.collected, older.placed)
        let lots = older.lots == 1 ? "the lot before was" : "the \(older.lots) lots before were"
        let compared =
            "\(start). \(months) after placement it was at \(rate), and at that age \(lots) at "
            + before
        if ahead <= -RecoveryChart.tenthsThatMatter {
            return Insight(
                "\(compared): it is slower.",
                "Bring the lot’s first contacts forward, and check addresses and reasons.")
        }
        if ahead >= RecoveryChart.tenthsThatMatter {
            return Insight(
                "\(compared): it does better.",
                "Find out what changed, and repeat it on the older lots.")
        }
        return Insight("\(compared): about the same.", "Keep up the pace of contacts.")
    }

    func youngestLotsDrawn(_ drawn: Int, of all: Int) -> String {
        "The chart shows the \(drawn) youngest lots of \(all); the table has them all."
    }

    func insight(_ finding: PromiseChart.Finding) -> Insight {
        let month = numerals.month(finding.month)
        let kept = share(finding.kept, finding.due)
        var meaning =
            finding.due == 1
            ? "The one promise that fell due in \(month) was\(finding.kept == 1 ? "" : " not") kept"
            : "\(finding.kept == 0 ? "None" : numerals.count(finding.kept)) of"
                + " \(numerals.count(finding.due)) promises that fell due in \(month)"
                + " \(finding.kept == 1 ? "was" : "were") kept (\(kept))"
        if let before = finding.before {
            meaning += ", against \(share(before.kept, before.due)) in the months before"
        }
        meaning += "."
        guard finding.broken > 0 else {
            let open =
                finding.open == 0
                ? nil : "Remind the \(numerals.count(finding.open)) still open of their deadline."
            return Insight(
                meaning,
                finding.partlyKept > 0
                    ? "Call back \(partlyCalled(finding.partlyKept)) for the rest." : open)
        }
        let partly =
            finding.partlyKept == 0
            ? "" : ", then \(partlyCalled(finding.partlyKept)) for the rest"
        let amount = numerals.amount(finding.brokenAmount, finding.currency)
        let whom =
            finding.broken == 1
            ? "the broken one" : "the \(numerals.count(finding.broken)) broken ones"
        return Insight(meaning, "Call back \(whom) first (\(amount))\(partly).")
    }

    private func partlyCalled(_ count: Int64) -> String {
        count == 1 ? "the one kept in part" : "the \(numerals.count(count)) kept in part"
    }

    func onlyOpenPromises(_ count: Int64) -> Insight {
        Insight(
            count == 1
                ? "One promise is open; none has fallen due yet."
                : "\(numerals.count(count)) promises are open; none has fallen due yet.",
            "Remind people a few days before the deadline.")
    }

    func insight(_ finding: ReasonChart.Finding) -> Insight {
        guard let most = finding.most else {
            return Insight(
                "No reason is recorded for any of the open accounts.",
                "Ask why at every contact: without a reason there is no next step.")
        }
        var meaning =
            "The most frequent reason is “\(label(most))”: "
            + "\(share(most.accounts, finding.accounts)) of open accounts."
        if finding.creditorFault > 0 {
            meaning += " For \(share(finding.creditorFault, finding.accounts)) it is the"
            meaning += " creditor’s doing."
        }
        if finding.withoutReason > 0 {
            meaning += " For \(share(finding.withoutReason, finding.accounts)) none is recorded."
        }
        guard finding.accounts >= ReasonChart.accountsThatTell else { return Insight(meaning) }
        if finding.withoutReason >= finding.accounts / 3 + (finding.accounts % 3 == 0 ? 0 : 1) {
            return Insight(meaning, "Record the reason at the next contact.")
        }
        if finding.creditorFault > 0 {
            let count = numerals.count(finding.creditorFault, "account", "accounts")
            return Insight(
                meaning, "Have the creditor put \(count) right before asking for payment again.")
        }
        return Insight(meaning, "Offer the step that fits the most frequent reason.")
    }

    func insight(_ finding: OfficeChart.Finding) -> Insight {
        let all = numerals.count(finding.offices, "office", "offices")
        var meaning: String
        if finding.late.isEmpty {
            meaning =
                finding.offices == 1
                ? "The office synced in time." : "All \(all) synced in time."
        } else {
            let late = numerals.count(Int64(finding.late.count))
            meaning = "\(late) of \(all) \(finding.late.count == 1 ? "is" : "are") late"
            if let worst = finding.late.first {
                let since = worst.hoursSilent.map { "has been silent for \(numerals.silence($0))" }
                meaning += ": \(worst.name) \(since ?? "has never been in touch")."
            }
        }
        if finding.unsent > 0 {
            let sets = numerals.count(finding.unsent, "change-set", "change-sets")
            meaning += " \(sets) still \(finding.unsent == 1 ? "has" : "have") to arrive."
        }
        if finding.quarantined > 0 {
            let rows = numerals.count(finding.quarantined, "row", "rows")
            meaning += " \(rows) \(finding.quarantined == 1 ? "is" : "are") in quarantine."
        }
        if !finding.late.isEmpty {
            return Insight(
                meaning,
                finding.late.count == 1
                    ? "Phone the office and have it sync today."
                    : "Phone the late offices, from the top down.")
        }
        return Insight(meaning, finding.quarantined > 0 ? "Settle the rows in quarantine." : nil)
    }

    func worstOfficesDrawn(_ drawn: Int, of all: Int) -> String {
        "The chart shows \(drawn) offices of \(all), those silent for longest."
    }

    func name(of bucket: AgeingBucket) -> String {
        switch bucket {
        case .notDue: "Not due"
        case .upTo30: "1–30 days"
        case .upTo60: "31–60 days"
        case .upTo90: "61–90 days"
        case .upTo120: "91–120 days"
        case .upTo180: "121–180 days"
        case .upTo360: "181–360 days"
        case .older: "Over 360 days"
        }
    }

    func name(of state: PromiseState) -> String {
        switch state {
        case .open: "open"
        case .kept: "kept"
        case .partlyKept: "kept in part"
        case .broken: "broken"
        case .cancelled: "cancelled"
        case .superseded: "superseded"
        }
    }

    func name(of fault: ReasonChart.Fault) -> String {
        switch fault {
        case .creditor: "the creditor’s doing"
        case .debtor: "the debtor’s doing"
        case .neither: "neither’s"
        case .unknown: "not known"
        }
    }

    func label(_ line: ReasonLine) -> String { line.labelEN.isEmpty ? line.code : line.labelEN }
    func label(_ line: ContactLine) -> String {
        line.labelEN.isEmpty ? line.channel : line.labelEN
    }

    func otherReasons(_ count: Int64) -> String {
        count == 1 ? "one other reason" : "\(numerals.count(count)) other reasons"
    }

    var noReason: String { "no reason recorded" }
    var noLot: String { "no lot" }
    var monthsSincePlacement: String { "months since placement" }
    func columnOfMonth(_ month: Int) -> String { "month \(month)" }
    func hours(_ hour: Int64) -> String { "\(hour)–\(hour.clampedAdding(1))" }
    var rightPartyPercent: String { "right person reached, of 100 attempts" }
    var rightPartyPercentLines: [String] { ["right person", "of 100 attempts"] }
    var neverSeen: String { "never" }
    var badgeLate: String { "late" }
    func badgeUnsent(_ count: Int64) -> String { "\(numerals.count(count)) unsent" }
    func badgeQuarantined(_ count: Int64) -> String { "\(numerals.count(count)) in quarantine" }
    func silenceLimit(_ hours: Int64) -> String { "limit: \(numerals.silence(hours))" }
}
