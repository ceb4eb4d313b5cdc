/// How long and how large the trade's values may be.
///
/// Bytes of UTF-8. A limit is there so that one mistaken paste cannot weigh on every office; it is
/// several times what the longest honest value needs.
enum ColumnLimits {
    /// 10¹³ minor units, a hundred thousand million euro: no debt is that large, and SQLite's
    /// `sum()` of 900,000 such rows still fits in 64 bits.
    static let amountMax: Int64 = 10_000_000_000_000
    /// A code of a code list; the longest now has 28.
    static let codeBytes = 40
    /// A name of a person, a firm or a place.
    static let nameBytes = 200
    /// A street with number, staircase and flat.
    static let streetBytes = 300
    /// What another firm calls something: case, customer, item, document, bank entry.
    static let referenceBytes = 140
    /// A phone number, a mail address (RFC 5321 allows 254), a postal address in one line.
    static let contactBytes = 300
    /// Italian codes have 16 characters; other countries' tax numbers are below 32.
    static let taxCodeBytes = 32
    /// 34 characters (ISO 13616), and the spaces that people put between them.
    static let ibanBytes = 48
    /// A remark in a few words.
    static let remarkBytes = 500
    /// A note of a conversation: about two pages.
    static let noteBytes = 8_000
    /// BCP 47 asks implementations for 35.
    static let languageLetters = 2...35
    /// A day: longer is no phone call but a clock that was wrong.
    static let callSecondsMax: Int64 = 86_400
    /// Two months; a promise that may be late for longer is none.
    static let toleranceDaysMax: Int64 = 60
}
