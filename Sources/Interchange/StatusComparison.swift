/// What a status file says of one account in one currency, against what the centre has: a plain
/// calculation.
///
/// Payments belong to an account and not to an item, so which item one of them settled is not
/// known. They are taken to have settled what the file explains by them: first what fell among the
/// items that it names, then what is open of items that it does not name. What fell by more was
/// paid to the creditor. What did not fall although it was paid is put on again, since the file
/// says that it is open. Afterwards the named items and the payments come to what the file says;
/// the same file again finds nothing to do.
struct StatusComparison: Equatable {
    /// An item that both have.
    struct Item: Equatable {
        /// What is open of it by hand-over and adjustments, without payments; below 0 for a credit.
        let known: Int64
        /// What the file says is open.
        let stated: Int64
    }

    /// What was paid to the creditor beyond the payments that are known: 0 or more.
    let payment: Int64
    /// What is added to each item, in their order: 0 or more.
    let raises: [Int64]
    /// How much of the raises is money that was recorded as paid and that the file does not know.
    let unconfirmed: Int64

    /// - Parameters:
    ///   - items: those that the file names, at most `InterchangeLimits.accountRowsMax` with
    ///     amounts within the portfolio's limit, so that no sum of them overflows; the first that
    ///     is no credit takes what was paid and is not confirmed.
    ///   - unnamed: what is open of the account's other items, without payments.
    ///   - paid: what the known payments come to.
    init(items: [Item], unnamed: Int64, paid: Int64) {
        var fell: Int64 = 0
        var consumed: Int64 = 0
        var raises = [Int64](repeating: 0, count: items.count)
        for (index, item) in items.enumerated() {
            let change = item.stated - item.known
            if change < 0 {
                fell -= change
            } else if item.known < 0, item.stated <= 0 {
                // A credit note that was set off against another item: no money came.
                consumed += change
            } else {
                raises[index] = change
            }
        }
        let unexplained = fell - consumed - paid
        payment = max(0, unexplained)
        let surplus = max(0, -unexplained)
        // What the unnamed items can have taken is theirs.
        let rest = surplus - min(surplus, max(0, unnamed))
        // On a credit it would look like one that was set off, when the file comes again.
        let taker = items.firstIndex { $0.known >= 0 } ?? items.startIndex
        if rest > 0, raises.indices.contains(taker) { raises[taker] += rest }
        unconfirmed = min(rest, max(0, paid))
        self.raises = raises
    }
}
