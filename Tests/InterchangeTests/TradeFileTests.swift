import Testing

@testable import Interchange

/// A file of the trade after somebody renamed the columns that are needed: what else it has must
/// not be passed over in silence where it decides what the rows mean.
struct TradeFile: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    /// The columns that are asked about, and `amounts` or `decimal`.
    let asked: Set<String>

    init(_ name: String, _ lines: [String], asked: Set<String>) {
        self.name = name
        text = lines.joined(separator: "\n") + "\n"
        self.asked = asked
    }

    var testDescription: String { name }

    static let all: [TradeFile] = [
        .init(
            "a data set of late payments",
            [
                "countryCode,case_ref,PaperlessDate,item_ref,doc_date,due_date,open_amount,"
                    + "Disputed,SettledDate,PaperlessBill,DaysToSettle,DaysLate,surname",
                "391,0379,4/6/2013,611365,1/2/2013,2/1/2013,55.94,No,1/15/2013,Paper,13,0,Quinn",
                "406,8976,3/3/2012,7900770,1/26/2013,2/25/2013,61.74,Yes,3/3/2013,Electronic,36,6,"
                    + "Marsh",
            ], asked: ["Disputed", "SettledDate", "DaysToSettle"]),
        .init(
            "a receivables list of a bookkeeping program for small firms",
            [
                "Lantern Repairs", "A/R Aging Detail", "As of 31 December 2025", "",
                "item_ref,case_ref,surname,doc_date,due_date,Aging,Amount,open_amount,P.O. #",
                "2041,Q,\"Quinn, Teresa\",11/18/2025,12/18/2025,13,\"1,350.25\",\"1,350.25\",",
                "2052,R,Riverside,12/14/2025,01/13/2026,,\"3,900.00\",\"1,900.00\",PO-77",
            ], asked: ["Amount"]),
        .init(
            "an ageing report with buckets",
            [
                "item_ref,case_ref,surname,doc_date,due_date,Current,< 1 Month,1 Month,Older,"
                    + "open_amount",
                "INV-11,A,Alpha,2026-02-11,2026-03-13,0.00,420.00,0.00,0.00,420.00",
                "INV-12,A,Alpha,2025-12-01,2025-12-31,0.00,0.00,160.00,0.00,160.00",
                "Total,,,,,0.00,420.00,160.00,0.00,580.00",
            ], asked: ["Current", "< 1 Month", "1 Month", "Older"]),
        .init(
            "open items of a large ledger, with cleared ones",
            [
                "St;Assignment;item_ref;Ty;doc_date;S;DD;open_amount;currency;due_date;case_ref;"
                    + "surname;Clrng doc.;Clearing",
                ";20250115;1800000112;RV;15.01.2025;;;4.310,00;EUR;28.02.2025;1;San Nicola;;",
                ";20250220;1800000144;RV;15.01.2025;;;310,00-;EUR;28.02.2025;1;San Nicola;14;"
                    + "01.03.2025",
            ], asked: ["Clearing"]),
        .init(
            "open items with debit and credit in a column of their own, in German",
            [
                "case_ref;surname;item_ref;doc_date;due_date;open_amount;S/H",
                "20011;Hoefer Bau GmbH;RE-501;03.02.2025;05.03.2025;2.380,00;S",
                "20011;Hoefer Bau GmbH;GS-77;10.02.2025;13.02.2025;238,00;H",
            ], asked: ["S/H"]),
        .init(
            "the same under a name that says nothing",
            [
                "case_ref;surname;item_ref;due_date;open_amount;Kz",
                "1;Bau;RE-501;05.03.2025;2.380,00;S", "1;Bau;GS-77;13.02.2025;238,00;H",
            ], asked: ["Kz"]),
        .init(
            "an Italian list of due dates with the original amount",
            [
                "Scadenzario clienti al 31/03/2025;;;;;;;",
                "surname;case_ref;item_ref;doc_date;due_date;Importo;open_amount;phone_1",
                "Officine;1;2025/201;15/01/2025;28/02/2025;2.140,00;1.640,00;0835/445566",
                "Totale generale;;;;;2.140,00;1.640,00;",
            ], asked: ["Importo"]),
        .init(
            "an Italian ledger with Dare and Avere",
            [
                "surname;case_ref;item_ref;due_date;open_amount;Dare;Avere",
                "Rossi;1;F1;28/02/2025;10,00;10,00;", "Rossi;1;F2;28/02/2025;5,00;;5,00",
            ], asked: ["Dare", "Avere"]),
        .init(
            "invoices and credit notes told by the type of document",
            [
                "surname;case_ref;item_ref;due_date;open_amount;Tipo doc.",
                "Rossi;1;F1;28/02/2025;10,00;FT", "Rossi;1;N1;28/02/2025;5,00;NC",
            ], asked: ["Tipo doc."]),
        .init(
            "items with a state",
            [
                "surname;case_ref;item_ref;due_date;open_amount;Stato",
                "Rossi;1;F1;28/02/2025;10,00;Aperta", "Rossi;1;F2;28/02/2025;5,00;Chiusa",
            ], asked: ["Stato"]),
        .init(
            "direct debits with the bank's answer",
            [
                "surname;case_ref;item_ref;due_date;open_amount;Esito SDD;Causale",
                "Rossi;1;F1;28/02/2025;10,00;AM04;insoluto",
            ], asked: ["Esito SDD"]),
        .init(
            "what an agency collected so far",
            [
                "surname;case_ref;item_ref;due_date;open_amount;Incassato;Data ultimo incasso",
                "Rossi;1;F1;28/02/2025;10,00;3,00;01/03/2025",
            ], asked: ["Incassato", "Data ultimo incasso"]),
        .init(
            "invoices of a payment service, in cents",
            [
                "case_ref,surname,item_ref,due_date,open_amount,status,amount_paid,paid",
                "cus_1,Marsh,in_1,2025-03-01,22345,open,0,FALSE",
                "cus_2,Stone,in_2,2025-03-01,60000,paid,60000,TRUE",
            ], asked: ["amounts", "status", "amount_paid", "paid"]),
        .init(
            "a placement in cents",
            [
                "case_ref,surname,item_ref,due_date,open_amount,FirstName,email",
                "A-81,Marsh,1,2025-03-01,22345,John,j@example.com",
                "A-82,Stone,2,2025-03-01,60000,Olive,o@example.com",
            ], asked: ["amounts"]),
        .init(
            "invoices with a payment state in words",
            [
                "case_ref,surname,item_ref,due_date,open_amount,Payment Status",
                "1,Marsh,1,2025-03-01,223.45,Not Paid", "1,Marsh,2,2025-03-01,1.00,In Payment",
            ], asked: ["Payment Status"]),
        .init(
            "invoices with the day on which they were closed",
            [
                "case_ref,surname,item_ref,due_date,open_amount,Date Closed,Sales Rep",
                "1,Marsh,1,2025-03-01,223.45,,Ann", "1,Marsh,2,2025-03-01,1.00,2025-04-01,Ann",
            ], asked: ["Date Closed"]),
        .init(
            "Italian invoices with the day on which they were settled",
            [
                "case_ref;surname;item_ref;due_date;open_amount;Saldato il;Agente",
                "1;Rossi;1;28/02/2025;10,00;;Verdi", "1;Rossi;2;28/02/2025;1,00;01/03/2025;Verdi",
            ], asked: ["Saldato il"]),
        .init(
            "German invoices with the day on which they were paid",
            [
                "case_ref;surname;item_ref;due_date;open_amount;Zahlungsdatum;Skonto;Bearbeiter",
                "1;Bau;1;28.02.2025;10,00;01.03.2025;0,20;Lang",
            ], asked: ["Zahlungsdatum", "Skonto"]),
        .init(
            "German invoices settled under a name that says nothing",
            [
                "case_ref;surname;item_ref;due_date;open_amount;Bemerkung",
                "1;Bau;1;28.02.2025;10,00;bezahlt", "1;Bau;2;28.02.2025;10,00;",
            ], asked: ["Bemerkung"]),
        .init(
            "bills of a supplier with interest and costs beside",
            [
                "case_ref;surname;item_ref;due_date;open_amount;Interessi di mora;Spese;POD",
                "1;Rossi;1;28/02/2025;10,00;0,35;2,00;IT001E1",
            ], asked: ["Interessi di mora", "Spese"]),
        .init(
            "amounts in francs, the currency under another name",
            [
                "case_ref;surname;item_ref;due_date;open_amount;Waehrung",
                "1;Bau;1;28.02.2025;10,00;CHF",
            ], asked: ["Waehrung"]),
        .init(
            "whole amounts that may be a thousandfold",
            [
                "case_ref;surname;item_ref;due_date;open_amount", "1;Rossi;1;28/02/2025;1.250",
                "1;Rossi;2;28/02/2025;940",
            ], asked: ["decimal"]),
        .init(
            "a column without a name that holds payments",
            [
                "case_ref;surname;item_ref;due_date;open_amount;",
                "1;Rossi;1;28/02/2025;10,00;-3,00", "1;Rossi;2;28/02/2025;10,00;",
            ], asked: ["#6"]),
        .init(
            "contributions of a condominium, paid in part",
            [
                "case_ref;surname;item_ref;due_date;open_amount;Versato;Scala;Interno",
                "1;Rossi;1;28/02/2025;100,50;50;A;12",
            ], asked: ["Versato"]),
        .init(
            "telephone accounts, some written off or recalled",
            [
                "case_ref;surname;item_ref;due_date;open_amount;Stralcio;Richiamata;Offerta",
                "1;Rossi;1;28/02/2025;100,50;N;S;Casa",
            ], asked: ["Stralcio", "Richiamata"]),
        .init(
            "a hand-over with columns that decide nothing",
            [
                "case_ref;surname;item_ref;due_date;open_amount;Agente;Zona;Codice cliente;Offerta;"
                    + "Data fattura;Modalità pagamento;Giorni ritardo",
                "1;Rossi;1;28/02/2025;100,50;Verdi;Sud;77;Casa;01/01/2025;RID;12",
            ], asked: []),
    ]
}

@Suite("Files of the trade")
struct TradeFileTests {
    @Test(
        "what decides in a file of the trade is asked about, and nothing else",
        arguments: TradeFile.all)
    func questions(file: TradeFile) throws {
        let onDisk = try FileOnDisk(file.text)
        let found = try HandOver.inspect(path: onDisk.path, options: .init(creditor: "E")).summary
        let asked = found.questions.map { question in
            switch question {
            case .leftOut(let column): column.label
            case .cents: "amounts"
            case .decimalSign: "decimal"
            case .encoding: "encoding"
            case .meaning: "meaning"
            }
        }
        #expect(Set(asked) == file.asked)
        #expect(asked.count == file.asked.count)
        #expect(found.problems == [])
        // Each question has an answer, and then there is none.
        let told = HandOver.Options(
            decimal: file.asked.contains("decimal") ? .comma : nil,
            scale: file.asked.contains("amounts") ? .cents : nil, creditor: "E",
            ignored: file.asked.subtracting(["amounts", "decimal"]).sorted())
        let again = try HandOver.inspect(path: onDisk.path, options: told).summary
        #expect(again.questions == [])
        #expect(again.rows == found.rows)
        #expect(again.differenceFromStated ?? 0 == 0)
    }
}
