/// What ISO 4217 says of a currency that matters in a text.
enum Currency {
    /// How many decimal digits its minor unit has: two, unless the standard's list says otherwise.
    ///
    /// - Parameter code: three capital letters. Whether the currency exists is not judged.
    static func decimals(_ code: String) -> Int {
        switch code {
        case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI",
            "VND", "VUV", "XAF", "XOF", "XPF":
            0
        case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND": 3
        case "CLF", "UYW": 4
        default: 2
        }
    }

    /// The sign that people type for it, if there is one that means no other currency.
    static func sign(_ code: String) -> String? {
        code == "EUR" ? "€" : nil
    }
}
