"use strict";
/*
 * An annotated article (a record of `quotes/1`) as a piece of page. Texts of a record become text
 * nodes and nothing else.
 */
const QuotesArticle = (() => {
  const STANCES = {
    favor: { symbol: "▲", name: "in favor" },
    against: { symbol: "▼", name: "against" },
    neutral: { symbol: "●", name: "neutral" },
    none: { symbol: "○", name: "no stance" },
  };

  /** `element("p", {class: "x", hidden: true}, "text", node, …)`; attributes are names of ours, never a record's. */
  function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value === true) made.setAttribute(name, "");
      else if (value !== false && value != null) made.setAttribute(name, String(value));
    }
    made.append(...children.filter((child) => child != null && child !== ""));
    return made;
  }

  const stanceOf = (quote) => (quote.stance ? quote.stance.label : "none");
  const toneOf = (quote) => (quote.tone ? quote.tone.label : "none");
  const speakerOf = (record, quote) => (quote.speaker == null ? null : record.speakers[quote.speaker]);

  /** What a person reads or hears of a statement's labels: "▼ critical". */
  function shortLabel(quote) {
    const symbol = STANCES[stanceOf(quote)].symbol;
    return quote.stance || quote.tone ? `${symbol} ${quote.tone ? quote.tone.label : quote.stance.label}` : quote.type;
  }

  function fullLabel(record, at) {
    const quote = record.quotes[at];
    const speaker = speakerOf(record, quote);
    const parts = [`${quote.type} statement ${at + 1} of ${record.quotes.length}`, `by ${speaker ? speaker.name : "nobody named"}`];
    if (quote.stance) parts.push(STANCES[stanceOf(quote)].name);
    if (quote.target) parts.push(`target ${quote.target.text}`);
    return `, ${parts.join(", ")}`;
  }

  /** The button at a statement's end: what Tab stops at. */
  function badge(record, at) {
    const quote = record.quotes[at];
    return element(
      "button",
      { type: "button", class: `badge stance-${stanceOf(quote)}`, "data-quote": at, "aria-pressed": "false" },
      element("span", {}, shortLabel(quote)),
      element("span", { class: "unseen" }, fullLabel(record, at)),
    );
  }

  /**
   * Renders a record.
   * @param {object} record A line of annotated JSONL; `mentions` and `text` of quotes aren't needed.
   * @param {{headingLevel?: number, onSelect?: function(number, "focus"|"pointer"|"keyboard")}} options
   *   `onSelect` gets the position of the quote that was chosen, and how.
   * @returns {{element: HTMLElement, badges: HTMLElement[], show, emphasise}} `show(set)` leaves
   *   only these quotes highlighted (all, for null); `emphasise(at)` points out one quote's
   *   statement, cue, speaker and target (none, for null).
   */
  function renderArticle(record, { headingLevel = 3, onSelect = () => {} } = {}) {
    const body = element("div", { class: "article-text", dir: "auto" });
    const marks = record.quotes.map(() => []);
    const badges = record.quotes.map((_, at) => badge(record, at));
    const title = record.title ? record.title.trim() : "";
    let heading = null;
    for (const pieces of QuotesSegments.segments(record.text, record.quotes)) {
      const whole = record.text.slice(pieces[0].start, pieces[pieces.length - 1].end).trim();
      const isTitle = heading === null && title !== "" && whole === title;
      const paragraph = element(isTitle ? `h${headingLevel}` : "p", { dir: "auto" });
      if (isTitle) heading = paragraph;
      for (const piece of pieces) paragraph.append(...inline(record, piece, marks, badges));
      body.append(paragraph);
    }
    // A statement of blanks alone has no piece to end with.
    body.append(...badges.filter((button) => !button.parentNode));
    const label = heading || element(`h${headingLevel}`, { dir: "auto" }, title || record.id);
    const article = element("article", { class: "annotated" }, heading ? null : label, facts(record), body, warnings(record));
    label.classList.add("article-title");
    label.tabIndex = -1;
    listen(body, badges, onSelect, (at) => point(marks, at, "is-near"));
    return {
      element: article,
      heading: label,
      badges,
      show: (shown) => show(record, marks, badges, shown),
      emphasise: (at) => {
        point(marks, at, "is-active");
        badges.forEach((button, other) => button.setAttribute("aria-pressed", String(other === at)));
      },
    };
  }

  function inline(record, piece, marks, badges) {
    const text = record.text.slice(piece.start, piece.end);
    if (piece.covering.length === 0) return [text];
    const mark = element("span", { class: "piece" }, text);
    for (const { quote, part } of piece.covering) marks[quote].push({ mark, part });
    mark.quotes = piece.covering.filter(({ part }) => part === "statement").map(({ quote }) => quote);
    dress(record, mark, null);
    return [mark, ...piece.closing.map((at) => badges[at])];
  }

  /** Colours a piece as the innermost of its statements that are shown. */
  function dress(record, mark, shown) {
    const visible = mark.quotes.filter((at) => shown === null || shown.has(at));
    const inner = visible.length ? record.quotes[visible[visible.length - 1]] : null;
    const outer = visible.length > 1 ? record.quotes[visible[0]] : null;
    mark.className = "piece";
    if (inner) mark.classList.add("statement", `stance-${stanceOf(inner)}`, `type-${inner.type}`);
    if (outer) mark.classList.add("nested", `within-${stanceOf(outer)}`);
  }

  function show(record, marks, badges, shown) {
    for (const mark of new Set(marks.flat().map(({ mark }) => mark))) dress(record, mark, shown);
    badges.forEach((button, at) => { button.hidden = shown !== null && !shown.has(at); });
  }

  /** Marks the pieces of one quote by what they are to it. */
  function point(marks, at, name) {
    for (const { mark } of marks.flat()) mark.classList.remove(name, `${name}-cue`, `${name}-mention`, `${name}-target`);
    if (at === null) return;
    for (const { mark, part } of marks[at]) mark.classList.add(part === "statement" ? name : `${name}-${part}`);
  }

  function listen(body, badges, onSelect, near) {
    const quoteAt = (node) => {
      const button = node.closest(".badge");
      if (button) return Number(button.dataset.quote);
      const mark = node.closest(".statement");
      if (!mark) return null;
      const visible = mark.quotes.filter((at) => !badges[at].hidden);
      return visible.length ? visible[visible.length - 1] : null;
    };
    let hovered = null;
    body.addEventListener("pointerover", (event) => {
      const at = quoteAt(event.target);
      if (at !== hovered) near((hovered = at));
    });
    body.addEventListener("pointerleave", () => near((hovered = null)));
    body.addEventListener("focusin", (event) => {
      if (event.target.classList.contains("badge")) onSelect(quoteAt(event.target), "focus");
    });
    body.addEventListener("click", (event) => {
      const at = quoteAt(event.target);
      // Who drags over a text to copy it doesn't ask for a statement.
      if (at !== null && getSelection().isCollapsed) onSelect(at, event.detail === 0 ? "keyboard" : "pointer");
    });
  }

  function facts(record) {
    const shown = [record.date, record.id, record.path && record.path !== record.id ? record.path : null];
    return element("p", { class: "article-facts" }, ...shown.filter(Boolean).map((fact) => element("bdi", {}, fact)));
  }

  function warnings(record) {
    if (!record.warnings || record.warnings.length === 0) return null;
    return element("p", { class: "article-warnings" }, `Put right while reading: ${record.warnings.join("; ")}`);
  }

  return { STANCES, element, renderArticle, shortLabel, speakerOf, stanceOf, toneOf };
})();
