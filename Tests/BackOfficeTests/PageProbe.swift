/// A page of the tests that shows pages of a report in frames of given widths, looks at every text
/// in them, and writes down what it finds.
///
/// Chromium's own window cannot be as narrow as a telephone; a frame can. The pages are looked at
/// from outside and are themselves unchanged.
enum PageProbe {
    /// A telephone, a tablet and a desk.
    static let widths = [360, 390, 768, 1280]

    static func page(_ files: [String], widths: [Int] = widths) -> String {
        var frames = ""
        for file in files {
            for width in widths {
                frames += """
                    <iframe data-name="\(file) \(width)" src="\(file)" \
                    style="border:0;width:\(width)px;height:900px"></iframe>

                    """
            }
        }
        return """
            <!DOCTYPE html><html><head><meta charset="utf-8">
            <meta name="color-scheme" content="light dark"></head><body>\(frames)
            <script>\(script)</script></body></html>
            """
    }

    /// The findings, and how many texts were looked at, from the document that Chromium left.
    static func findings(_ document: String) -> (texts: Int, found: [String])? {
        guard let match = document.firstMatch(of: /<pre id="seen">([0-9]+)\n([^<]*)<\/pre>/),
            let texts = Int(match.output.1)
        else { return nil }
        return (texts, match.output.2.split(separator: "\n").map(String.init))
    }

    private static let script = #"""
        'use strict';
        const found = []; let texts = 0;
        function channel(v) {
          v /= 255; return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4 }
        function rgb(c) {
          const m = c.match(/rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)/);
          return m && (m[4] === undefined || +m[4] > .99) ? [+m[1], +m[2], +m[3]] : null }
        function luminance(c) {
          return .2126 * channel(c[0]) + .7152 * channel(c[1]) + .0722 * channel(c[2]) }
        function contrast(a, b) {
          const x = luminance(a), y = luminance(b);
          return (Math.max(x, y) + .05) / (Math.min(x, y) + .05) }
        function ground(view, element) {
          for (let e = element; e; e = e.parentElement) {
            const c = rgb(view.getComputedStyle(e).backgroundColor); if (c) return c }
          return null }
        function short(e) {
          return (e.tagName + ' ' + e.textContent).replace(/\s+/g, ' ').slice(0, 70) }
        function drawings(view, doc, say) {
          for (const svg of doc.querySelectorAll('svg')) {
            if (view.getComputedStyle(svg).display === 'none') continue;
            const frame = svg.getBoundingClientRect();
            if (frame.width < 100 || frame.height < 10) say('small drawing', svg);
            const all = [...svg.querySelectorAll('text')].map(e => [e, e.getBoundingClientRect()]);
            const shapes = [...svg.querySelectorAll('rect,circle')]
              .map(e => [e, e.getBoundingClientRect()]);
            for (const [e, r] of all) {
              texts++;
              if (r.left < frame.left - 1 || r.right > frame.right + 1
                || r.top < frame.top - 1.5 || r.bottom > frame.bottom + 1.5) say('cut', e);
              if (parseFloat(e.getAttribute('font-size')) * frame.width
                / svg.viewBox.baseVal.width < 7.4) say('tiny', e);
              const x = (r.left + r.right) / 2, y = (r.top + r.bottom) / 2;
              let under = ground(view, svg);
              for (const [s, q] of shapes)
                if (q.left <= x && x <= q.right && q.top <= y && y <= q.bottom)
                  under = rgb(view.getComputedStyle(s).fill) || under;
              const own = rgb(view.getComputedStyle(e).fill);
              if (!own || !under || contrast(own, under) < 4.5) say('faint', e);
            }
            for (let i = 0; i < all.length; i++) for (let j = 0; j < i; j++) {
              const a = all[i][1], b = all[j][1];
              if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
                && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1.5)
                say('overlap with ' + all[j][0].textContent.slice(0, 30), all[i][0]);
            }
          } }
        function cells(view, doc, say) {
          for (const svg of doc.querySelectorAll('svg')) {
            if (view.getComputedStyle(svg).display === 'none') continue;
            const texts = [...svg.querySelectorAll('text')].map(e => e.getBoundingClientRect());
            for (const e of svg.querySelectorAll('.f-heat-1,.f-heat-2,.f-heat-3,.f-heat-4')) {
              const q = e.getBoundingClientRect();
              const isTold = texts.some(r => q.left <= (r.left + r.right) / 2
                && (r.left + r.right) / 2 <= q.right && q.top <= (r.top + r.bottom) / 2
                && (r.top + r.bottom) / 2 <= q.bottom);
              if (!isTold) say('blank cell', e);
            }
          } }
        function numbers(view, node, say) {
          for (const m of node.data.matchAll(/[0-9][0-9.,]*[0-9]/g)) {
            const range = node.ownerDocument.createRange();
            range.setStart(node, m.index); range.setEnd(node, m.index + m[0].length);
            const lines = new Set([...range.getClientRects()].map(r => Math.round(r.top)));
            if (lines.size > 1) say('broken number', node.parentElement);
          } }
        function boxes(view, doc, say) {
          for (const e of doc.querySelectorAll('.scroll')) {
            const style = view.getComputedStyle(e);
            if (e.scrollWidth > e.clientWidth + 1 && style.overflowX !== 'visible'
              && !style.backgroundAttachment.includes('local')) say('cut without a hint', e);
          }
          const root = doc.documentElement;
          if (root.scrollWidth > view.innerWidth) say('page wider than the screen', doc.body);
          for (const e of doc.body.querySelectorAll('*')) {
            if (e.closest('svg') || e.closest('caption') || e.closest('.skip')) continue;
            const style = view.getComputedStyle(e);
            if (style.display === 'none' || style.display === 'inline' || !e.clientWidth) continue;
            const scrolls = style.overflowX === 'auto' || style.overflowX === 'scroll';
            if (!scrolls && e.scrollWidth > e.clientWidth + 1) say('overflow', e);
            if (style.overflowY === 'hidden' && e.scrollHeight > e.clientHeight + 1)
              say('cut below', e);
          }
          const walk = doc.createTreeWalker(doc.body, 4);
          for (let n = walk.nextNode(); n; n = walk.nextNode()) {
            const e = n.parentElement;
            if (!n.data.trim() || e.closest('svg,script,style,caption,.skip')) continue;
            const range = doc.createRange(); range.selectNodeContents(n);
            const r = range.getBoundingClientRect();
            if (!r.width) continue;
            texts++;
            numbers(view, n, say);
            if (!e.closest('.scroll') && (r.left < -1 || r.right > view.innerWidth + 1))
              say('off the page', e);
            const own = rgb(view.getComputedStyle(e).color), under = ground(view, e);
            if (!own || !under || contrast(own, under) < 4.5) say('faint', e);
          } }
        addEventListener('load', () => {
          for (const f of document.querySelectorAll('iframe')) {
            const doc = f.contentDocument, view = f.contentWindow;
            const say = (what, e) => found.push(f.dataset.name + ': ' + what + ': ' + short(e));
            if (!doc || !doc.body || !doc.body.children.length) {
              found.push(f.dataset.name + ': not shown'); continue }
            drawings(view, doc, say); cells(view, doc, say); boxes(view, doc, say);
            for (const d of doc.querySelectorAll('details')) d.open = true;
            boxes(view, doc, say);
          }
          const out = document.createElement('pre'); out.id = 'seen';
          out.textContent = texts + '\n' + found.map(x => x.replace(/[<>&\n]/g, '·')).join('\n');
          for (const f of document.querySelectorAll('iframe')) f.remove();
          document.body.append(out);
        });
        """#
}
