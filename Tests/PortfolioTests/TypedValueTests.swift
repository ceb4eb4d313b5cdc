import Portfolio
import Testing

@Suite("Codes and contacts as they are typed")
struct TypedValueTests {
    @Test(
        "a code is kept as it is compared, with what is wrong with it",
        arguments: [
            ("codice_fiscale", "rss mra 45c12 f205c", "RSSMRA45C12F205C", nil),
            ("codice_fiscale", "RSSMRA80A01H501X", "RSSMRA80A01H501X", IdentifierFault.check),
            ("partita_iva", "IT 07676810968", "07676810968", nil),
            ("partita_iva", "00743110158", "00743110158", .check),
            ("iban", "it60 x054 2811 1010 0000 0123 456", "IT60X0542811101000000123456", nil),
            ("iban", "IT60", "IT60", .shape),
        ])
    func codes(column: String, typed: String, text: String, fault: IdentifierFault?) throws {
        let code = try #require(TypedCode(typed, column: column, kind: "natural"))
        #expect(code.text == text)
        #expect(code.fault == fault)
    }

    @Test(
        "eleven digits are a firm's codice fiscale, and a person's partita IVA in the wrong place",
        arguments: [
            ("company", "00743110157", nil), ("natural", "00743110157", IdentifierFault.otherCode),
            ("sole_trader", "00743110157", .otherCode), ("company", "00743110158", .check),
            ("natural", "00743110158", .check), (nil, "00743110157", nil),
        ] as [(String?, String, IdentifierFault?)])
    func elevenDigits(kind: String?, typed: String, fault: IdentifierFault?) {
        #expect(TypedCode(codiceFiscale: typed, kind: kind).fault == fault)
    }

    @Test("a column that holds no such code has none")
    func otherColumn() {
        #expect(TypedCode("RSSMRA45C12F205C", column: "surname", kind: nil) == nil)
    }

    @Test("a phone is kept in E.164 beside what was typed, with the words that stood there")
    func phone() {
        let contact = TypedContact("339-1234567 (moglie)", kind: "mobile")
        #expect(contact.value == "+393391234567")
        #expect(contact.raw == "339-1234567 (moglie)")
        #expect(contact.remark == "moglie")
        #expect(contact.isThirdParty)
    }

    @Test("a number without a prefix is Italian only where the debtor is")
    func country() {
        #expect(TypedContact("02 1234567", kind: "phone").value == "+39021234567")
        let abroad = TypedContact("02 1234567", kind: "phone", country: "DE")
        #expect(abroad.value == "02 1234567")
        #expect(abroad.raw == nil)
    }

    @Test(
        "a mail address is kept in lower case, and everything else as it was typed",
        arguments: [
            ("email", "Anna@Example.it", "anna@example.it", "Anna@Example.it"),
            ("pec", "a@pec.example.it", "a@pec.example.it", nil),
            ("workplace", "Bar Roma, 0835 200000", "Bar Roma, 0835 200000", nil),
            ("mobile", "non ha", "non ha", nil),
        ])
    func otherKinds(kind: String, typed: String, value: String, raw: String?) {
        let contact = TypedContact(typed, kind: kind)
        #expect(contact.value == value)
        #expect(contact.raw == raw)
    }

    @Test("what should be a phone number and is none is told apart from what is kept as it is")
    func unreadable() {
        for typed in ["losst", "banana", "333"] {
            #expect(TypedContact(typed, kind: "mobile").isUnreadable, "\(typed)")
        }
        #expect(!TypedContact("0835 111111", kind: "phone").isUnreadable)
        #expect(!TypedContact("339-1234567 (moglie)", kind: "mobile").isUnreadable)
        #expect(!TypedContact("banana", kind: "workplace").isUnreadable)
    }

    @Test(
        "an address to which a message could go is one",
        arguments: [
            "anna@example.it", "a.b+c@posta.example.it", "o'neill@x-y.example", "a@1.it",
            "nicolò@perché.example", " anna@example.it ",
            "a@\(String(repeating: "x.", count: 125))it",
            "\(String(repeating: "a", count: 64))@example.it",
        ])
    func addresses(typed: String) {
        for kind in ["email", "pec"] {
            let contact = TypedContact(typed, kind: kind)
            #expect(!contact.isUnreadable, "\(typed)")
            #expect(contact.value == typed.trimmed.lowercased())
        }
    }

    @Test(
        "what is no address is told apart, and kept as it is",
        arguments: [
            "banana", "a@@b", "a@b@c.it", "@example.it", "a@", "a@localhost", "a@example.",
            "a@.it", "a@ex..it", "a b@example.it", "a@exa mple.it", "a@-x.it", "a@x-.it",
            ".a@example.it", "a.@example.it", "a..b@example.it", "a@example.it,b@example.it",
            "Anna <anna@example.it>", "a@ex_ample.it", "", "a@b;c.it", "a\u{1B}@example.it",
            "\(String(repeating: "a", count: 65))@example.it",
            "a@\(String(repeating: "x.", count: 126))it", "mailto:anna@example.it",
        ])
    func noAddresses(typed: String) {
        let contact = TypedContact(typed, kind: "email")
        #expect(contact.isUnreadable, "\(typed)")
        #expect(contact.value == typed.lowercased())
    }
}
