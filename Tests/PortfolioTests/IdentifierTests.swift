import Portfolio
import Testing

@Suite("Identifiers")
struct IdentifierTests {
    @Test(
        "codici fiscali that exist are sound, also with omocodia, in any case and with spaces",
        arguments: [
            "RSSMRA45C12F205C", "RSSMRA45C12F20RX", "RSSMRAQRCMNFNLRG", "MRSMSR81D60Z611H",
            "rss mra 45c12 f205c",
        ])
    func codiceFiscale(code: String) {
        #expect(CodiceFiscale.fault(in: code) == nil)
    }

    @Test(
        "a wrong codice fiscale says what is wrong with it",
        arguments: [
            ("FOXDRA26C24H872A", IdentifierFault.check), ("CNTCHR83T32D969H", .date),
            ("RSSMRA80A01H501X", .check), ("RSSMRA45C12F205", .shape), ("", .shape),
            ("RSSMRA45G12F205C", .date), ("RSSMRA45C00F205C", .date), ("RSSMRA45B70F205C", .date),
            ("1SSMRA45C12F205C", .shape), ("RSSMRA45C12F20AX", .shape),
            ("RSSMRÀ45C12F205C", .shape),
            // A letter that stands for no digit, in each of the places of one.
            ("RSSMRAA5C12F205C", .shape), ("RSSMRA4AC12F205C", .shape),
            ("RSSMRA45CA2F205C", .shape), ("RSSMRA45C1AF205C", .shape),
            ("RSSMRA45C12FA05C", .shape), ("RSSMRA45C12F2A5C", .shape),
            ("RSSMRA45C12F20AC", .shape),
        ])
    func codiceFiscaleFaults(code: String, fault: IdentifierFault) {
        #expect(CodiceFiscale.fault(in: code) == fault)
    }

    @Test(
        "partite IVA that exist are sound",
        arguments: ["00743110157", "07676810968", "IT 07676810968"])
    func partitaIVA(number: String) {
        #expect(PartitaIVA.fault(in: number) == nil)
    }

    @Test(
        "a wrong partita IVA says what is wrong with it",
        arguments: [
            ("00743110158", IdentifierFault.check), ("01234567890", .check), ("0074311015", .shape),
            ("00000000000", .shape), ("0074311015A", .shape),
            // 0000000 101 2: Luhn holds (1 + 0 + 2·… = 10), office 101 does not exist.
            ("00000001016", .office),
        ])
    func partitaIVAFaults(number: String, fault: IdentifierFault) {
        #expect(PartitaIVA.fault(in: number) == fault)
    }

    @Test(
        "IBANs that exist are sound, the Italian ones with their check letter",
        arguments: [
            "IT60X0542811101000000123456", "SM86U0322509800000000270100",
            "IT60 X054 2811 1010 0000 0123 456", "DE89370400440532013000", "GB29NWBK60161331926819",
        ])
    func iban(number: String) {
        #expect(IBAN.fault(in: number) == nil)
    }

    @Test(
        "a wrong IBAN says what is wrong with it",
        arguments: [
            ("IT61X0542811101000000123456", IdentifierFault.check),
            ("IT60X05428111010000001234567", .shape), ("IT60", .shape), ("", .shape),
            ("IT60X0542811101000000_23456", .shape), ("6060X0542811101000000123456", .shape),
        ])
    func ibanFaults(number: String, fault: IdentifierFault) {
        #expect(IBAN.fault(in: number) == fault)
    }

    @Test("an Italian IBAN that is 1 modulo 97 with another check letter is wrong")
    func checkLetterIsReadInItsPlace() {
        // IT60X… with CIN Y; the check number made anew by hand: 98 − (Y0542811101000000123456 IT00
        // mod 97) = 64. A program that cuts the letter one place off takes a digit for it.
        #expect(IBAN.fault(in: "IT64Y0542811101000000123456") == .check)
    }
}

@Suite("Phone numbers")
struct PhoneNumberTests {
    @Test(
        "numbers are made international, and the 0 of Italian landlines stays",
        arguments: [
            ("3391234567", "+393391234567", "mobile"),
            ("+39 339 123.4567", "+393391234567", "mobile"),
            ("0039 339 1234567", "+393391234567", "mobile"),
            ("393391234567", "+393391234567", "mobile"),
            ("0835/200000", "+390835200000", "landline"),
            ("02 1234567", "+39021234567", "landline"),
            ("+39 06 6982", "+39066982", "landline"),
            ("+378 0549 882345", "+3780549882345", "phone"),
            ("+44 20 7946 0018", "+442079460018", "phone"),
            ("3911234567", "+393911234567", "mobile"),
            ("(0835) 200000", "+390835200000", "landline"),
            ("+39 (0)835 200000", "+390835200000", "landline"),
            ("0039 (0)835 200000", "+390835200000", "landline"),
            ("+44 (0)20 7946 0018", "+442079460018", "phone"),
        ])
    func international(text: String, number: String, kind: String) throws {
        let phone = try #require(PhoneNumber(text))
        #expect(phone.e164 == number)
        #expect(phone.kind.rawValue == kind)
        #expect(phone.raw == text)
        #expect(phone.remark == nil)
    }

    @Test("words beside a number are kept, and those that name somebody else are noticed")
    func remarks() throws {
        let wife = try #require(PhoneNumber("339-1234567 (moglie)"))
        #expect(wife.e164 == "+393391234567")
        #expect(wife.remark == "moglie")
        #expect(wife.isThirdParty)
        let extension5 = try #require(PhoneNumber("02/123456 int. 5"))
        #expect(extension5.e164 == "+3902123456")
        #expect(extension5.remark == "int. 5")
        #expect(!extension5.isThirdParty)
        #expect(try #require(PhoneNumber("Figlia: 3391234567")).isThirdParty)
        #expect(try #require(PhoneNumber("Figlia: 3391234567")).e164 == "+393391234567")
    }

    @Test(
        "what is no number stays as it was typed",
        arguments: ["non ha", "12", "835200000", "1,2E+09"])
    func unreadable(text: String) throws {
        let phone = try #require(PhoneNumber(text))
        #expect(phone.e164 == nil)
        #expect(phone.raw == text)
    }

    @Test("nothing is no number")
    func nothing() { #expect(PhoneNumber("  ") == nil) }
}
