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
        try claim(
            (request.cursors.map(\.commit) + [request.provenCommit ?? 0])
                .allSatisfy { (0...Limits.commitNumberMax).contains($0) },
            "commits have their range")
        try claim(
            [request.head.number, request.outcomesMerged]
                .allSatisfy { (0...Limits.changeSetNumberMax).contains($0) },
            "change-sets have their range")
        try claim(
            request.changeSets.reduce(0) { $0 + $1.count } <= Limits.requestChangeSetBytesMax
                && request.changeSets.allSatisfy { $0.count <= Limits.changeSetBytesMax },
            "change-sets have their limit, each and together")
        try check(sent: request)
    }

    /// The change-sets of a request are what each is by itself.
    private func check(sent request: SyncRequest) throws(BrokenClaim) {
        let sent: [SentChangeSet]
        switch Result(catching: { () throws(MalformedMessage) in
            try SentChangeSet.all(of: request)
        }) {
        case .success(let all): sent = all
        case .failure:
            let whole = request.changeSets.map { Decoding.of($0, ChangeSet.init(decoding:)) }
            let isRefused = whole.contains { if case .failure = $0 { true } else { false } }
            return try claim(isRefused, "only a malformed change-set is refused")
        }
        try claim(sent.count == request.changeSets.count, "each change-set that is sent is seen")
        for (one, bytes) in zip(sent, request.changeSets) {
            try ChangeSetCheck.check(bytes)
            try claim(
                one.changeSet.encoded() == bytes && one.partHash == one.changeSet.part.hash
                    && one.byteCount == bytes.count,
                "a change-set that is sent is read as it is")
        }
    }
}
