import Testing

@testable import BackOffice

@Suite("the colours of a report")
struct PaletteTests {
    /// By WCAG 2.2, from relative luminance.
    static func contrast(_ left: String, _ right: String) -> Double? {
        guard let a = luminance(left), let b = luminance(right) else { return nil }
        return (max(a, b) + 0.05) / (min(a, b) + 0.05)
    }

    private static func luminance(_ colour: String) -> Double? {
        guard colour.hasPrefix("#"), colour.count == 7,
            let value = Int(colour.dropFirst(), radix: 16)
        else { return nil }
        let channels = [16, 8, 0].map { shift -> Double in
            let part = Double((value >> shift) & 255) / 255
            return part <= 0.04045 ? part / 12.92 : power((part + 0.055) / 1.055)
        }
        return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
    }

    /// To the power of 2.4: the square, times the fifth root of the square.
    private static func power(_ base: Double) -> Double {
        let square = base * base
        var root = 1.0
        for _ in 0..<60 {
            root -= (root * root * root * root * root - square) / (5 * root * root * root * root)
        }
        return square * root
    }

    @Test("contrast is computed as the standard does")
    func known() throws {
        #expect(Self.contrast("#000000", "#ffffff") == 21)
        #expect(Self.contrast("#ffffff", "#ffffff") == 1)
        // The grey that is just enough on white.
        let grey = try #require(Self.contrast("#767676", "#ffffff"))
        #expect(grey > 4.53 && grey < 4.55)
    }

    @Test("light and dark have the same colours")
    func same() {
        #expect(Palette.light.colours.map(\.name) == Palette.dark.colours.map(\.name))
    }

    @Test("every text has a contrast of 4.5, every shape of 3", arguments: [true, false])
    func contrasts(isLight: Bool) throws {
        let palette = isLight ? Palette.light : .dark
        for (pairs, least) in [
            (Palette.texts.map { ($0.text, $0.ground) }, 4.5),
            (Palette.shapes.map { ($0.shape, $0.ground) }, 3.0),
        ] {
            for (front, back) in pairs {
                let colour = try #require(palette[front])
                let ground = try #require(palette[back])
                let ratio = try #require(Self.contrast(colour, ground))
                #expect(ratio >= least, "\(front) on \(back): \(ratio)")
            }
        }
    }
}
