import RientroProtocol

/// Every other message: the first byte of the input says which, the others are its bytes.
struct MessageCheck: FuzzCheck {
    /// The messages, in the order of the bytes that choose them; the names are the vectors' kinds.
    enum Kind: String, CaseIterable {
        case values
        case row
        case commit
        case cursor
        case outcomeItems = "outcome-items"
        case enrolRequest = "enrol-request"
        case renumberRequest = "renumber-request"
        case enrolAnswer = "enrol-answer"
        case digestAnswer = "digest-answer"
        case rangeAnswer = "range-answer"
    }

    func check(_ input: [UInt8]) throws(BrokenClaim) {
        guard let first = input.first else { return }
        let bytes = Array(input.dropFirst())
        switch Kind.allCases[Int(first) % Kind.allCases.count] {
        case .values: try Decoding.check(bytes, Value.decode, Value.encode)
        case .row: try Decoding.check(bytes, RowChange.init(decoding:)) { $0.encoded() }
        case .commit: try Decoding.check(bytes, Commit.init(decoding:)) { $0.encoded() }
        case .cursor: try Decoding.check(bytes, Cursor.init(decoding:)) { $0.encoded() }
        case .outcomeItems: try Decoding.check(bytes, OutcomeItem.decode, OutcomeItem.encode)
        case .enrolRequest: try checkEnrolRequest(bytes)
        case .renumberRequest:
            try Decoding.check(bytes, skipsKeys: true, RenumberRequest.init(decoding:)) {
                $0.encoded()
            }
        case .enrolAnswer: try checkEnrolAnswer(bytes)
        case .digestAnswer:
            try Decoding.check(bytes, skipsKeys: true, DigestAnswer.init(decoding:)) {
                $0.encoded()
            }
        case .rangeAnswer: try checkRangeAnswer(bytes)
        }
    }

    private func checkEnrolRequest(_ bytes: [UInt8]) throws(BrokenClaim) {
        let read = try Decoding.check(bytes, skipsKeys: true, EnrolRequest.init(decoding:)) {
            $0.encoded()
        }
        guard let request = read else { return }
        try claim(
            request.code.utf8.count <= Limits.enrolmentCodeBytesMax
                && request.incarnation.count == 16, "codes have their limit")
    }

    private func checkEnrolAnswer(_ bytes: [UInt8]) throws(BrokenClaim) {
        let read = try Decoding.check(bytes, skipsKeys: true, EnrolAnswer.init(decoding:)) {
            $0.encoded()
        }
        guard let answer = read else { return }
        try claim(
            answer.name.utf8.count <= Limits.officeNameBytesMax
                && answer.schema.count <= Limits.schemaBytesMax
                && answer.portfolios.count <= Limits.portfoliosMax, "texts have their limits")
    }

    private func checkRangeAnswer(_ bytes: [UInt8]) throws(BrokenClaim) {
        let read = try Decoding.check(bytes, skipsKeys: true, RangeAnswer.init(decoding:)) {
            $0.encoded()
        }
        guard let answer = read else { return }
        try claim(
            answer.ranges.count <= Limits.rangePiecesMax
                && answer.rows.count <= Limits.rangeRowsMax, "so many pieces and rows at most")
        try claim(answer.ranges.isEmpty || answer.rows.isEmpty, "pieces or rows, never both")
    }
}
