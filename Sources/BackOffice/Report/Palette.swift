/// The colours of a page, by what they mean.
///
/// Two sets: for light and for dark. Every text stands on its ground with a contrast of at least
/// 4.5 to 1 (WCAG 2.2, 1.4.3), every bar and line with at least 3 to 1 (1.4.11); a test computes
/// both. Kept and broken differ in lightness and in blue against red, not in green against red,
/// which many people do not tell apart.
struct Palette: Equatable, Sendable {
    /// A colour by its name in the style sheet.
    struct Colour: Equatable, Sendable {
        /// What it is for.
        let name: String
        /// `#rrggbb`
        let value: String
    }

    /// All of them, in the order of the style sheet.
    let colours: [Colour]

    /// The value of a colour.
    subscript(name: String) -> String? { colours.first { $0.name == name }?.value }

    private init(_ pairs: KeyValuePairs<String, String>) {
        colours = pairs.map { Colour(name: $0.key, value: $0.value) }
    }

    /// By day, and on paper.
    static let light = Palette([
        "paper": "#f7f6f2", "card": "#ffffff", "ink": "#1c2126", "muted": "#596069",
        "line": "#dedbd3", "grid": "#e9e7e1", "accent": "#12586b", "soft": "#e3eef1",
        "kept": "#1a6b80", "on-kept": "#ffffff", "partly": "#7db4c2", "on-partly": "#0c262e",
        "broken": "#b5462a", "on-broken": "#ffffff", "open": "#cfd3d6", "on-open": "#1c2126",
        "edge": "#717981", "warn": "#8a5600", "warn-soft": "#fbf0d8", "stop": "#a2371d",
        "stop-soft": "#fae6df", "fine": "#1a6b58", "fine-soft": "#e0f0ea", "fresh": "#1a6b80",
        "ageing": "#b07a1e", "old": "#b5462a", "calm": "#8b939b", "heat-0": "#f1f4f4",
        "heat-1": "#d6e7ea", "heat-2": "#a4cbd4", "heat-3": "#2f7487", "heat-4": "#0f4655",
        "on-heat-0": "#4a5159", "on-heat-1": "#1c2126", "on-heat-2": "#0c262e",
        "on-heat-3": "#ffffff", "on-heat-4": "#ffffff", "older-lot": "#7d868e",
    ])

    /// By night.
    static let dark = Palette([
        "paper": "#14171a", "card": "#1c2024", "ink": "#eceae5", "muted": "#a9b0b7",
        "line": "#363c43", "grid": "#2a3036", "accent": "#86cbda", "soft": "#213840",
        "kept": "#5db4c6", "on-kept": "#08191e", "partly": "#356f7e", "on-partly": "#ffffff",
        "broken": "#e5805f", "on-broken": "#230d06", "open": "#454c54", "on-open": "#eceae5",
        "edge": "#8d959d", "warn": "#e3b45c", "warn-soft": "#382c14", "stop": "#f09a7e",
        "stop-soft": "#3e221a", "fine": "#7cc9b1", "fine-soft": "#17342b", "fresh": "#5db4c6",
        "ageing": "#d5a34a", "old": "#e5805f", "calm": "#7e868e", "heat-0": "#23282d",
        "heat-1": "#1f3d46", "heat-2": "#28596a", "heat-3": "#5fa9bb", "heat-4": "#a8dfeb",
        "on-heat-0": "#a9b0b7", "on-heat-1": "#e2e8ea", "on-heat-2": "#ffffff",
        "on-heat-3": "#08191e", "on-heat-4": "#08191e", "older-lot": "#858d95",
    ])

    /// Texts and the grounds that they stand on.
    static let texts: [(text: String, ground: String)] =
        ["ink", "muted", "accent", "stop", "warn", "fine"].flatMap { text in
            ["paper", "card"].map { (text, $0) }
        } + [
            ("ink", "soft"), ("ink", "stop-soft"), ("ink", "warn-soft"), ("ink", "fine-soft"),
            ("stop", "stop-soft"), ("warn", "warn-soft"), ("fine", "fine-soft"),
            ("accent", "soft"), ("on-kept", "kept"), ("on-partly", "partly"),
            ("on-broken", "broken"), ("on-open", "open"), ("on-heat-0", "heat-0"),
            ("on-heat-1", "heat-1"), ("on-heat-2", "heat-2"), ("on-heat-3", "heat-3"),
            ("on-heat-4", "heat-4"),
        ]

    /// Bars, lines and edges, and the grounds that they are drawn on.
    static let shapes: [(shape: String, ground: String)] =
        [
            "accent", "kept", "broken", "edge", "fresh", "ageing", "old", "calm", "older-lot",
            "warn", "stop",
        ].map { ($0, "card") }
}
