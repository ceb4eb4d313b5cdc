import Portfolio
import RientroProtocol
import Terminal

/// Amounts as this program reads and shows them.
enum Amount {
    /// The amount that somebody typed, in minor units: above zero, and no more than the column
    /// `amount` of the table holds.
    ///
    /// Throws `OfficeError.usage`.
    static func read(
        _ text: String, currency: String, for table: String, session: Session
    ) throws(OfficeError) -> Int64 {
        let amount: Int64
        do throws(MoneyError) {
            amount = try Money.parse(text, currency: currency, language: session.language)
        } catch {
            throw session.wrong(
                "AMOUNT", text, expected: error.expectation(currency: currency))
        }
        guard amount > 0 else {
            throw session.wrong("AMOUNT", text, expected: "an amount above zero")
        }
        if case .range(_, let most) = try Trade.table(table).column("amount")?.limit, amount > most
        {
            let limit = Self.text(most, currency, session)
            throw session.wrong("AMOUNT", text, expected: "\(limit) at most")
        }
        return amount
    }

    /// The currency that an amount is in: the one asked for, else that of the account.
    static func currency(
        of account: Account, session: Session
    ) throws(OfficeError) -> String {
        guard let typed = session.parsed.value("currency") else { return account.currency }
        let code = typed.uppercased()
        guard Currency.exponent(of: code) != nil else {
            throw session.wrong(
                "--currency", typed, expected: "a code of ISO 4217 such as EUR or CHF")
        }
        return code
    }

    /// An amount with its currency, for people.
    static func text(_ minorUnits: Int64, _ currency: String, _ session: Session) -> String {
        Money.text(minorUnits: minorUnits, currency: currency, language: session.language)
    }
}
