import RientroHTTP

/// A stream of HTTP requests: read in pieces of any size it means the same, and the same as to a
/// plain reader that has it whole.
struct HTTPCheck: FuzzCheck {
    /// What stands before the input.
    private let beginning: [UInt8]
    /// The server's limits, and ones that a short input exceeds.
    private let limits: [HTTPLimits]

    private init(beginning: String) {
        self.beginning = Array(beginning.utf8)
        var small = HTTPLimits()
        small.headBytesMax = 256
        small.targetBytesMax = 32
        small.fieldsMax = 6
        small.bodyBytesMax = 64
        limits = [HTTPLimits(), small]
    }

    /// Whole streams.
    static func heads() -> HTTPCheck { HTTPCheck(beginning: "") }

    /// What follows a head that announces chunks.
    static func chunks() -> HTTPCheck {
        HTTPCheck(beginning: "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
    }

    func check(_ input: [UInt8]) throws(BrokenClaim) {
        let stream = beginning + input
        // The pieces follow from the input, so that a find can be repeated.
        var random = SplitMix64(seed: input.reduce(UInt64(input.count)) { $0 &* 31 &+ UInt64($1) })
        for limits in limits {
            let whole = try Talk(stream, cut: [stream.count], limits)
            let pieces = random.pieces(of: stream.count, most: 40)
            try claim(whole == Talk(stream, cut: pieces, limits), "pieces make no difference")
            if stream.count <= 128, limits == self.limits[stream.count % 2] {
                let bytes = [Int](repeating: 1, count: stream.count)
                try claim(whole == Talk(stream, cut: bytes, limits), "nor does every byte")
            }
            try compare(whole, PlainHTTP(stream, limits: limits))
        }
    }

    private func compare(_ talk: Talk, _ plain: PlainHTTP) throws(BrokenClaim) {
        try claim(
            talk.requests.count == plain.requests.count,
            "\(plain.requests.count) requests are in it, not \(talk.requests.count)")
        for (one, other) in zip(talk.requests, plain.requests) {
            let query = one.query.map { "?" + $0 } ?? ""
            var fields = HTTPFields()
            for field in other.fields {
                guard (try? fields.add(field.name, field.value)) != nil else {
                    throw BrokenClaim("what is read of a field can be written")
                }
            }
            try claim(one.method == other.method, "the method is \(other.method)")
            try claim(one.path + query == other.target, "the target is \(other.target)")
            try claim(one.fields == fields, "the fields are \(fields)")
            try claim(one.body == other.body, "the body has \(other.body.count) bytes")
        }
        try claim(talk.keepsAlive == plain.requests.map { !$0.closes }, "who closes is known")
        switch plain.end {
        case .clean:
            try claim(talk.refusal == nil && talk.isBetween, "nothing is left of the stream")
        case .wrong:
            try claim(talk.refusal != nil, "what is wrong is refused")
        case .unfinished:
            try claim(talk.refusal != nil || !talk.isBetween, "what has not ended is not done")
        }
    }
}

/// All that the server's decoder says of a stream that comes in pieces.
private struct Talk: Equatable {
    var requests: [HTTPRequest] = []
    var keepsAlive: [Bool] = []
    var refusal: HTTPRefusal?
    /// Whether the last request is done and the next has not begun.
    var isBetween = true

    init(_ stream: [UInt8], cut pieces: [Int], _ limits: HTTPLimits) throws(BrokenClaim) {
        var decoder = RequestDecoder(limits: limits, peer: "p", asks: true)
        var start = 0
        for count in pieces {
            stream[start..<(start + count)].withUnsafeBufferPointer { decoder.append($0) }
            start += count
            try listen(to: &decoder, limits)
        }
    }

    private mutating func listen(
        to decoder: inout RequestDecoder, _ limits: HTTPLimits
    ) throws(BrokenClaim) {
        var asked = false
        while true {
            let step = decoder.next()
            try claim(decoder.bodyByteCount <= limits.bodyBytesMax, "a body has its limit")
            switch step {
            case .request(let request, let keepsAlive):
                try claim(refusal == nil, "nothing is read after a refusal")
                try claim(request.body.count <= limits.bodyBytesMax, "a body has its limit")
                try claim(request.fields.count <= limits.fieldsMax, "so many fields at most")
                requests.append(request)
                self.keepsAlive.append(keepsAlive)
                isBetween = true
                continue
            case .refused(let why):
                try claim(refusal == nil || refusal == why, "a refusal is said for ever")
                refusal = why
                isBetween = false
            case .wantsAdmission(let request):
                try claim(request.body.isEmpty, "a body is asked about before it is read")
                try claim(decoder.bodyByteCount == 0, "nothing of it is held")
                decoder.admit(bodyBytesMax: limits.bodyBytesMax)
                isBetween = false
                continue
            case .wantsContinue:
                try claim(!asked, "100 Continue is wanted once")
                asked = true
                isBetween = false
                continue
            case .needsMore(let progress):
                try claim(refusal == nil, "nothing is wanted after a refusal")
                isBetween = progress == .nothing
            }
            return
        }
    }
}
