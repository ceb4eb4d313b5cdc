/// Hand-over files, right and wrong in one thing each, and the words that they are made of.
enum FileSeeds {
    private static let names =
        "lot_id;principal_code;case_ref;surname;name;item_ref;due_date;currency;open_amount;notes"
    private static let row =
        "L1;ENEL;C-1;Rossi;Maria;I-1;08/04/2026;EUR;1.234,50;la \"Rossa\""
    private static let other = "L1;ENEL;C-2;Bianchi;Vito;I-2;8.4.26;;-12,5;"
    private static let third =
        "L1;ENEL;C-1;Rossi;Maria;I-3;2026-04-08;USD;0,99;\"a\r\nb; \"\"2\"\"\""

    static let handOvers =
        [
            [names, row, other, third],
            ["", names, row],
            ["\u{FEFF}" + names, row, other],
            ["Lotto 1 del 2 marzo", "", names, row, other, "Totale;;;;;;;;1.222,00"],
            [names, row, row],
            [
                names, row, other, ";;;;Totale generale;;;EUR;1.222,00",
                "Grand total;;;;;;;USD;9,00;",
            ],
            [names + ";S/H;SettledDate;;paid", row + ";S;08/04/2026;7,50;no", other + ";H;;;yes"],
            [names, row.replacing("1.234,50", with: "123450")],
            [names, row.replacing("1.234,50", with: "1.234")],
            [names, row.replacing("Rossi", with: "=cmd|1").replacing("C-1", with: "")],
            [names, row.replacing("Rossi", with: "'+39 333")],
            [names, row + ";\u{E8}1"],
            [names, row, other, third, ";;;;;;;;;", "fine"],
            [
                names.replacing(";", with: ","),
                row.replacing(",", with: ".").replacing(";", with: ","),
            ],
            [names.replacing(";", with: "\t"), row.replacing(";", with: "\t")],
            [names, row.replacing("08/04", with: "04/18")],
            [names, row.replacing("08/04", with: "31/02")],
            [names, row.replacing("1.234,50", with: "9999999999999,99")],
            [names, row.replacing("1.234,50", with: "1,234.50")],
            [names, row.replacing("EUR", with: "JPY")],
            [names, row.replacing("C-1", with: "1,00022E+20")],
            [names, row.replacing("Rossi", with: "")],
            [names.replacing("surname", with: "name"), row],
            [
                "company_name;partita_iva;codice_fiscale;iban;phone_1;cap;" + names,
                "S.p.A.;IT01114601006;RSSMRA85T10A562S;IT60X0542811101000000123456;333 1234567;751;"
                    + row,
            ],
        ].map { Array($0.joined(separator: "\r\n").utf8) } + [
            Array((names + "\r" + row + "\r").utf8), Array((names + "\n" + row + "\n").utf8),
            Array((names + "\n" + row + "\n").utf8) + [0xE8, 0x80, 0x3B],
        ]

    static let records =
        [
            "a;b\r\nc;\"d\"\r\n", "a,b\n\"c\"\"d\",\"e\nf\"\n", "a\tb\r\r\n\n",
            "\"a\rb\"\r\"c\r\nd\";e\r",
            "\u{FEFF}a;b", "\"a", "\"a\"b", ";;\n;\n", "Via \"Roma\";1\r\n",
            String(repeating: ";", count: 501),
        ].map { Array($0.utf8) } + handOvers

    static let recordWords = ["\r\n", "\r", "\n", "\"", "\"\"", "\";\"", ";", ",", "\t", "\r\r\n"]
        .map { Array($0.utf8) }

    static let words =
        recordWords
        + [
            names, row, other, "lot_id", "principal_code", "case_ref", "customer_ref",
            "debtor_kind",
            "surname", "name", "company_name", "codice_fiscale", "partita_iva", "birth_date", "cap",
            "city", "province", "country", "phone_1", "email", "pec", "iban", "item_ref",
            "item_kind",
            "doc_number", "doc_date", "due_date", "currency", "original_amount", "open_amount",
            "interest_from", "fees", "dispute_flag", "S/H", "SettledDate", "Stato", "D", "A", "NC",
            "paid", "saldato", "Grand total", "Summe", "Saldo", "USD 1", "12345", "1.234", "=1+1",
            "'-1", "@x", "recall_date", "notes", "Totale", "EUR", "USD",
            "JPY", "1.234,50", "1,234.50", "(1'000,00)", "- 12,5 \u{20AC}", "08/04/2026",
            "04/18/26",
            "2026-04-08T00:00", "46120", "1,00022E+20", "IT60X0542811101000000123456", "\u{E8}",
            "natural", "company", "\u{FEFF}",
        ].map { Array($0.utf8) }
}
