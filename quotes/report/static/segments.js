"use strict";
/* Where statements lie in a text, as pieces to put into a page. Pure functions, no page needed. */
const QuotesSegments = (() => {
  const SURROGATES = /[\uD800-\uDBFF][\uDC00-\uDFFF]/;

  /**
   * Records count characters as code points, JavaScript counts UTF-16 units: "🗳 vote" has six
   * characters in the one and seven in the other.
   * @returns {function(number): number} from an offset in code points to one in UTF-16 units.
   */
  function unitOffsets(text) {
    if (!SURROGATES.test(text)) return (offset) => offset;
    const units = [];
    let unit = 0;
    for (const character of text) {
      units.push(unit);
      unit += character.length;
    }
    units.push(unit);
    return (offset) => units[Math.min(offset, units.length - 1)];
  }

  /** The stretches of one quote that mean something, in UTF-16 units. */
  function parts(quote, unitOf) {
    const found = quote.spans.map(([start, end]) => ({ part: "statement", start: unitOf(start), end: unitOf(end) }));
    for (const part of ["cue", "mention", "target"]) {
      if (quote[part]) found.push({ part, start: unitOf(quote[part].start), end: unitOf(quote[part].end) });
    }
    return found;
  }

  /**
   * A text's paragraphs as [start, end) in UTF-16 units: between blank lines where there are any,
   * for then single line ends only wrap; else each line.
   */
  function paragraphs(text) {
    const gap = /\n[^\S\n]*\n/.test(text.trim()) ? /(?:\r?\n[^\S\n]*){2,}/g : /(?:\r\n|\n|\r)+/g;
    const found = [];
    let start = 0;
    for (const match of text.matchAll(gap)) {
      found.push([start, match.index]);
      start = match.index + match[0].length;
    }
    found.push([start, text.length]);
    return found.filter(([from, to]) => text.slice(from, to).trim() !== "");
  }

  /**
   * Cuts a text so that each piece lies wholly inside or outside of every part of every quote;
   * statements inside one another, or overlapping, share pieces.
   * @returns {Array<Array<{start, end, covering: Array<{quote, part}>, closing: number[]}>>}
   *   pieces by paragraph. `covering` is outermost first; `closing` are the quotes whose last
   *   piece this is, innermost first.
   */
  function segments(text, quotes, unitOf = unitOffsets(text)) {
    const all = quotes.flatMap((quote, at) => parts(quote, unitOf).map((part) => ({ quote: at, ...part })));
    all.sort((a, b) => a.start - b.start || b.end - a.end);
    const cuts = [...new Set(all.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
    const result = [];
    let nextPart = 0, nextCut = 0, open = [];
    for (const [from, to] of paragraphs(text)) {
      const pieces = [];
      for (let start = from; start < to; ) {
        while (nextCut < cuts.length && cuts[nextCut] <= start) nextCut++;
        const end = Math.min(to, nextCut < cuts.length ? cuts[nextCut] : to);
        while (nextPart < all.length && all[nextPart].start <= start) open.push(all[nextPart++]);
        open = open.filter((part) => part.end > start);
        pieces.push({ start, end, covering: open.map(({ quote, part }) => ({ quote, part })), closing: [] });
        start = end;
      }
      result.push(pieces);
    }
    close(result.flat(), quotes);
    return result;
  }

  /** Marks the piece in which each quote's last span ends; of quotes that end together, those that began last first. */
  function close(pieces, quotes) {
    const last = new Map();
    for (const piece of pieces) {
      for (const { quote, part } of piece.covering) if (part === "statement") last.set(quote, piece);
    }
    const began = (at) => quotes[at].spans[0][0];
    for (const at of [...last.keys()].sort((a, b) => began(b) - began(a) || b - a)) last.get(at).closing.push(at);
  }

  /** A quote's text, its spans joined by "…" where the cue stands between them. */
  function statementText(text, quote, unitOf = unitOffsets(text)) {
    return quote.spans.map(([start, end]) => text.slice(unitOf(start), unitOf(end))).join(" … ");
  }

  return { segments, statementText, unitOffsets };
})();
