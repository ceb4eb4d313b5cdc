/// The sentences about what a person has to decide, and about rows of lists.
extension OfficeError {
    static func unconfirmed(_ concerns: [Concern]) -> String {
        let options =
            concerns.contains(where: \.needsReason) ? "--yes and --because TEXT" : "--yes"
        return concerns.map(\.text).joined(separator: " ")
            + " Nothing was written. Say \(options) if it is right all the same"
    }

    static func moneyOpen(_ account: Account) -> String {
        "\(account.title) cannot be closed as paid: money is open on it. Record the payment first;"
            + " or close it as closed_settled, closed_partial, closed_uncollectable or another of"
            + " the list"
    }

    static func noList(_ number: Int, _ fault: ListFault) -> String {
        let again = "run `rientro today` or `rientro accounts` again"
        switch fault {
        case .none:
            return "\(number) is a row of the last list, and no list was shown in this terminal:"
                + " \(again), or write the case reference"
        case .stale:
            return "\(number) is a row of the last list, and that is hours old or of another file:"
                + " \(again), or write the case reference"
        case .short(let rows): return "the last list has \(rows) rows, and none is \(number)"
        case .gone:
            return "row \(number) of the last list is an account that is not here any more:"
                + " \(again)"
        case .alsoCase(let title):
            return "\(number) is a row of the last list and a case too (\(title)): write @\(number)"
                + " for the row, or the case's id"
        }
    }
}
