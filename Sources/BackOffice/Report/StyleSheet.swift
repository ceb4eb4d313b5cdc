/// How a page looks: on a desk and a telephone, by day and by night, and on paper.
enum StyleSheet {
    /// The whole of it. The colours are variables, so that drawings change with the page.
    static let markup: Markup = """
        :root{color-scheme:light dark;\(variables(.light))}
        @media (prefers-color-scheme:dark){:root{\(variables(.dark))}}
        \(classes)\(layout)\(parts)\(charts)\(small)\(paper)
        """

    private static func variables(_ palette: Palette) -> Markup {
        Markup(palette.colours.map { "--\($0.name):\($0.value);" })
    }

    /// A class for each colour of a shape or text, and for each of a line.
    private static let classes: Markup = Markup(
        Palette.light.colours.flatMap { colour -> [Markup] in
            [
                ".f-\(colour.name){fill:var(--\(colour.name))}",
                ".s-\(colour.name){stroke:var(--\(colour.name))}",
            ]
        } + ["\n"])

    private static let layout: Markup = """
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
        body{margin:0 auto;max-width:1140px;padding:56px 32px 40px;background:var(--paper);
        color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,
        "Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
        h1,h2,h3,p,dl,dd,ul,figure{margin:0;padding:0}
        h1{font-size:40px;line-height:1.15;font-weight:650;letter-spacing:-.02em}
        h2{font-size:22px;line-height:1.3;font-weight:650;letter-spacing:-.01em;
        margin-bottom:18px}
        h3{font-size:17px;line-height:1.35;font-weight:650}
        a{color:var(--accent);text-underline-offset:3px}
        a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:2px solid
        var(--accent);outline-offset:2px;border-radius:4px}
        header{padding-bottom:40px;border-bottom:1px solid var(--line)}
        section{margin-top:56px}
        footer{margin-top:56px;padding-top:20px;border-top:1px solid var(--line);
        color:var(--muted);font-size:14px}
        footer p+p{margin-top:6px}
        .eyebrow{color:var(--muted);font-size:14px;margin-bottom:10px;letter-spacing:.02em}
        .eyebrow strong{color:var(--accent);font-weight:650}
        .lead{font-size:21px;line-height:1.5;max-width:46em;margin-top:18px}
        .note{color:var(--muted);font-size:14px}
        header .note{margin-top:16px}
        .skip{position:absolute;left:-9999px}
        .skip:focus{position:static}
        code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.92em;
        background:var(--soft);padding:1px 6px;border-radius:4px}

        """

    private static let parts: Markup = """
        .kpis{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:1px;
        background:var(--line);border:1px solid var(--line);border-radius:12px;overflow:hidden}
        .kpi{background:var(--card);padding:22px 24px 24px}
        .kpi dt{color:var(--muted);font-size:14px}
        .kpi .value{font-size:34px;line-height:1.2;font-weight:650;letter-spacing:-.02em;
        margin:6px 0 6px;font-variant-numeric:tabular-nums;overflow-wrap:normal}
        .kpi .long{font-size:20px}
        .kpi .sense{font-size:14px;line-height:1.45}
        .needs{list-style:none;background:var(--card);border:1px solid var(--line);
        border-radius:12px;padding:6px 28px}
        .needs li{display:grid;grid-template-columns:minmax(56px,max-content) 300px minmax(0,1fr);
        gap:24px;
        align-items:baseline;padding:15px 0;border-bottom:1px solid var(--grid)}
        .needs li:last-child{border-bottom:0}
        .needs .many{white-space:nowrap;font-size:22px;line-height:1.2;font-weight:650;
        text-align:right;
        font-variant-numeric:tabular-nums;letter-spacing:-.01em}
        .needs h3{font-size:16px}
        .needs p{color:var(--muted);font-size:15px;line-height:1.45}
        .needs li.stop .many,.needs li.stop h3{color:var(--stop)}
        .needs li.look .many{color:var(--warn)}
        .needs li.know .many{color:var(--muted)}
        .needs li.fine .many{color:var(--fine)}
        .needs+.note{margin-top:12px}
        .calm{color:var(--muted);margin-bottom:14px}
        .card{background:var(--card);border:1px solid var(--line);border-radius:12px;
        padding:28px}
        .card+.card{margin-top:20px}
        .scroll{overflow-x:auto;max-width:100%;background:
        linear-gradient(to right,var(--card) 30%,transparent) left/40px 100% no-repeat local,
        linear-gradient(to left,var(--card) 30%,transparent) right/40px 100% no-repeat local,
        linear-gradient(to right,var(--line),transparent) left/14px 100% no-repeat scroll,
        linear-gradient(to left,var(--line),transparent) right/14px 100% no-repeat scroll}
        table{border-collapse:collapse;width:100%;font-size:14px;line-height:1.4;
        font-variant-numeric:tabular-nums}
        caption{position:absolute;width:1px;height:1px;overflow:hidden;
        clip-path:inset(50%);white-space:nowrap}
        td,th{max-width:24em;overflow-wrap:break-word}
        th,td{text-align:left;padding:9px 14px 9px 0;border-bottom:1px solid var(--grid);
        vertical-align:baseline;font-weight:400}
        thead th{color:var(--muted);font-size:13px;border-bottom-color:var(--line)}
        tbody tr:last-child>*{border-bottom:0}
        th:last-child,td:last-child{padding-right:2px}
        tbody th{min-width:9em}
        .n{text-align:right;white-space:nowrap}
        details summary{cursor:pointer;color:var(--accent);font-size:14px}
        figure details{grid-column:1/-1}
        figure details[open] summary{margin-bottom:10px}
        .list{padding:20px 28px}
        .list>summary{display:flex;align-items:baseline;gap:12px;color:var(--ink)}
        .list>summary::before{content:"+";color:var(--accent);font-size:20px;line-height:1;
        width:14px;flex:none}
        .list[open]>summary::before{content:"–"}
        .list>summary::-webkit-details-marker{display:none}
        .tally{margin-left:auto;flex:none;white-space:nowrap;color:var(--muted);
        font-variant-numeric:tabular-nums}
        .list .note{margin:8px 0 12px}
        .list>.scroll+.note{margin:12px 0 0}
        .state{border-radius:9px;padding:1px 8px;white-space:nowrap;background:var(--soft)}
        .state.broken{background:var(--stop-soft);color:var(--stop)}
        .state.partly_kept{background:var(--warn-soft);color:var(--warn)}
        .state.kept{background:var(--fine-soft);color:var(--fine)}
        .mark{color:var(--muted);font-size:13px}

        """

    private static let charts: Markup = """
        figure.card{display:grid;grid-template-columns:272px minmax(0,1fr);gap:20px 44px}
        figcaption .meaning{margin-top:10px}
        figcaption .do{margin-top:12px;padding-left:14px;border-left:3px solid var(--accent);
        font-weight:600;line-height:1.45}
        figcaption .note{margin-top:14px;font-size:13px;line-height:1.45}
        svg{display:block;width:100%;height:auto;font-family:inherit;
        font-variant-numeric:tabular-nums}
        svg.wide{max-width:720px}
        svg.narrow{display:none;max-width:440px}
        svg .b{font-weight:600}
        svg .halo{paint-order:stroke;stroke:var(--card);stroke-width:4px;
        stroke-linejoin:round}

        """

    private static let small: Markup = """
        @media (max-width:980px){
        figure.card{grid-template-columns:minmax(0,1fr);gap:24px}
        figcaption{max-width:44em}
        .kpis{grid-template-columns:repeat(2,minmax(0,1fr))}
        .needs{padding:6px 20px}
        .needs li{grid-template-columns:minmax(44px,max-content) minmax(0,1fr);gap:2px 16px}
        .needs p{grid-column:2}}
        @media (max-width:640px){
        body{padding:28px 12px 28px}
        header{padding:0 4px 28px}
        h1{font-size:30px}
        .lead{font-size:18px}
        section{margin-top:40px}
        h2{padding:0 4px}
        .card{padding:20px 12px}
        .list{padding:16px 12px}
        .kpi{padding:16px 14px}
        .kpi .value{font-size:clamp(18px,5.2vw,25px)}
        .kpi .long{font-size:13px}
        .kpi .sense{font-size:13px}
        .needs{padding:4px 14px}
        svg.wide{display:none}
        svg.narrow{display:block}}
        @media (max-width:372px){.kpis{grid-template-columns:minmax(0,1fr)}}

        """

    private static let paper: Markup = """
        @media print{
        @page{size:A4;margin:15mm 15mm 16mm}
        :root{color-scheme:light;\(variables(.light))--paper:#ffffff}
        *{-webkit-print-color-adjust:exact;print-color-adjust:exact}
        body{padding:0;max-width:none;font-size:10pt;line-height:1.45}
        h1{font-size:23pt}
        h2{font-size:14pt;break-after:avoid;margin-bottom:10pt}
        h3{font-size:11pt}
        .lead{font-size:12.5pt}
        header{padding-bottom:14pt}
        section,footer{margin-top:18pt}
        .kpi{padding:9pt 12pt}
        .kpi .value{font-size:18pt}
        .kpi .long{font-size:11pt}
        .scroll{overflow:visible;background:none}
        table{font-size:8.5pt}
        .n{white-space:normal}
        tbody th{min-width:0}
        th,td{padding-right:8pt}
        .kpi .sense,.kpi dt,.note{font-size:9pt}
        .kpis,figure.card,.list,tr{break-inside:avoid}
        .kpis{grid-template-columns:repeat(3,minmax(0,1fr))}
        .needs{padding:2pt 12pt}
        .needs li{break-inside:avoid;padding:6pt 0;gap:12pt;
        grid-template-columns:minmax(30pt,max-content) 150pt minmax(0,1fr)}
        .needs p{grid-column:auto;font-size:9pt}
        .needs h3{font-size:10pt}
        .needs .many{font-size:12pt}
        figure.card{display:block;padding:12pt 14pt}
        .card+.card{margin-top:12pt}
        figcaption{max-width:none}
        figcaption .meaning,figcaption .do,figcaption .note{margin-top:5pt}
        .drawn{margin-top:10pt}
        svg.wide{display:block;width:86%;max-height:190mm;margin:0 auto}
        svg.narrow,details,.skip,.files,.needs+.note{display:none}
        #changes,#details{display:none}
        a{color:inherit;text-decoration:none}}

        """
}
