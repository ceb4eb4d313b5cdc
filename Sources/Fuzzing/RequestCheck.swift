import RientroProtocol

/// `POST /v1/sync`: what an office says, with the change-sets in it.
struct RequestCheck: FuzzCheck {
    func check(_ input: [UInt8]) throws(BrokenClaim) {
        let read = try Decoding.check(
            input, skipsKeys: true, addedKeys: SyncRequest.addedKeys, SyncRequest.init(decoding:)
        ) { $0.encoded() }
        guard let request = read else { return }
        try claim(request.protocolVersion == ProtocolVersion.current, "one version is spoken")
        try claim(
            (1...Limits.replicaNumberMax).contains(request.replica)
                && (1...Limits.schemaVersionMax).contains(request.schemaVersion),
            "numbers of replicas and schemas have their range")
        try claim(request.cursors.count <= Limits.cursorsMax, "so many cursors at most")
        try claim(request.portfolios.count <= Limits.portfoliosMax, "so many portfolios at most")
        try claim(
            request.portfolios.allSatisfy {
                (1...Limits.referenceKeyBytesMax).contains($0.utf8.count)
            }, "a portfolio has a key")
        try claim(
            (0...Limits.waitSecondsMax).contains(request.waitSeconds)
                && (0...Limits.messageBytesMax).contains(request.answerBytesMax),
            "waiting and answers have their limit")
        try claim(request.provenCommit.map { $0 >= 0 } != false, "commits count from 0")
        try claim(
            request.changeSets.reduce(0) { $0 + $1.count } <= Limits.requestChangeSetBytesMax
                && request.changeSets.allSatisfy { $0.count <= Limits.changeSetBytesMax },
            "change-sets have their limit, each and together")
        try check(sent: request)
    }

    /// What is read of the change-sets' heads alone is what reading all of them gives.
    private func check(sent request: SyncRequest) throws(BrokenClaim) {
        let sent: [SentChangeSet]
        switch Result(catching: { () throws(MalformedMessage) in
            try SentChangeSet.all(of: request)
        }) {
        case .success(let all): sent = all
        case .failure:
            let whole = request.changeSets.map { Decoding.of($0, ChangeSet.init(decoding:)) }
            let isRefused = whole.contains { if case .failure = $0 { true } else { false } }
            return try claim(isRefused, "a change-set whose head is malformed is malformed")
        }
        try claim(sent.count == request.changeSets.count, "each change-set that is sent is seen")
        for (one, bytes) in zip(sent, request.changeSets) {
            try ChangeSetCheck.check(bytes)
            guard case .success(let set) = Decoding.of(bytes, ChangeSet.init(decoding:)) else {
                continue
            }
            try claim(
                one.replica == set.replica && one.number == set.number && one.bytes == bytes,
                "a head is read as the whole is")
        }
    }
}
