import Portfolio

/// Makes a typed row of a record, or says everything that is wrong with it.
struct RowReader {
    let header: HandOverHeader
    let decimal: DecimalSign
    let dates: DateOrder
    /// What whole numbers mean.
    let scale: AmountScale
    /// Whose rows all are, whatever they say; nil: as they say.
    let creditor: String?

    /// What became of a record.
    enum Result {
        case good(HandOverRow)
        case bad([FieldProblem])
    }

    /// Reads one record that is neither blank nor a total.
    func read(_ record: CSVRecord) -> Result {
        var fields = RowFields(reader: self, record: record)
        guard record.count >= header.fieldsMin else {
            return .bad([
                .init(
                    line: record.line, column: "",
                    reason: .tooFewFields(count: record.count, expected: header.fieldsMin))
            ])
        }
        guard record.filledEnd <= header.names.count else {
            return .bad([
                .init(
                    line: record.line, column: "",
                    reason: .tooManyFields(
                        count: record.filledEnd, expected: header.names.count))
            ])
        }
        let creditor = fields.creditor()
        let caseRef = fields.reference(.caseRef)
        let debtor = debtor(&fields)
        let item = item(&fields)
        let customerRef = fields.customerRef()
        let recallOn = fields.date(.recallDate)
        let lotRef = fields.text(.lotID)
        let isDisputed = fields.isYes(.disputeFlag)
        guard fields.problems.isEmpty, let creditor, let caseRef, let item else {
            return .bad(fields.problems)
        }
        return .good(
            HandOverRow(
                line: record.line, lotRef: lotRef, creditor: creditor, caseRef: caseRef,
                customerRef: customerRef, debtor: debtor, item: item, isDisputed: isDisputed,
                recallOn: recallOn, flags: fields.flags))
    }

    private func item(_ fields: inout RowFields) -> HandOverItem? {
        let currency = fields.currency()
        let docDate = fields.date(.docDate)
        let itemRef = fields.reference(.itemRef)
        let openAmount = fields.amount(.openAmount, currency: currency)
        if openAmount == nil, header.text(.openAmount, in: fields.record) == nil {
            fields.problem(.openAmount, .missing)
        }
        let original = fields.amount(.originalAmount, currency: currency)
        let fees = fields.amount(.fees, currency: currency)
        let dueOn = fields.dueDate(orDocumentOf: docDate)
        let interestFrom = fields.date(.interestFrom)
        let kind = fields.kind()
        let docNumber = fields.text(.docNumber)
        let supplyPoint = fields.text(.supplyPoint)
        let contractRef = fields.text(.contractRef)
        let note = fields.text(.notes)
        guard let itemRef, let openAmount, let dueOn, let currency else { return nil }
        return HandOverItem(
            itemRef: itemRef, kind: kind, docNumber: docNumber, docDate: docDate, dueOn: dueOn,
            currency: currency, originalAmount: original, openAmount: openAmount,
            interestFrom: interestFrom, fees: fees, supplyPoint: supplyPoint,
            contractRef: contractRef, note: note)
    }

    private func debtor(_ fields: inout RowFields) -> HandOverDebtor {
        let country = fields.country()
        let companyName = fields.text(.companyName)
        let surname = fields.text(.surname)
        let givenName = fields.text(.name)
        // What stands there and cannot be taken has a problem of its own.
        let isNamed = [HandOverColumn.companyName, .surname, .name].contains {
            header.text($0, in: fields.record) != nil
        }
        if !isNamed { fields.problem(.surname, .missing) }
        var debtor = HandOverDebtor(
            kind: fields.debtorKind(hasCompanyName: companyName != nil), surname: surname,
            givenName: givenName, companyName: companyName, birthDate: fields.birthDate(),
            birthPlace: fields.text(.birthPlace), street: fields.text(.address),
            postcode: fields.postcode(country: country), city: fields.text(.city),
            province: fields.text(.province), country: country,
            phones: fields.phones(country: country ?? "IT"), email: fields.text(.email),
            pec: fields.text(.pec))
        fields.identify(&debtor)
        return debtor
    }
}
