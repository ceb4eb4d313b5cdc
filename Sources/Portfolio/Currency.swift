/// The currencies of ISO 4217.
package enum Currency {
    /// How many decimals its minor unit has: 2 for EUR, 0 for JPY, 3 for KWD; nil for a code that
    /// is not in use.
    package static func exponent(of code: String) -> Int? { exponents[code] }

    private static let exponents: [String: Int] = {
        var all: [String: Int] = [:]
        for (exponent, codes) in [(0, none), (2, two), (3, three)] {
            for code in codes.split(separator: " ") { all[String(code)] = exponent }
        }
        return all
    }()

    private static let none =
        "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
    private static let three = "BHD IQD JOD KWD LYD OMR TND"
    private static let two = """
        AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP \
        BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP \
        GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW \
        KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR \
        MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR \
        SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS \
        UAH USD UYU UZS VES WST XCD YER ZAR ZMW ZWL
        """
}
