"use strict";
/* One statement in full: who, about what, how, and how sure. */
const QuotesDetails = (() => {
  const { STANCES, element, speakerOf, shortLabel, stanceOf } = QuotesArticle;

  const TYPES = {
    direct: "direct: all of it stands between quotation marks",
    mixed: "mixed: a part of it stands between quotation marks",
    indirect: "indirect: reported without quotation marks",
  };
  const percent = (share) => `${Math.round(share * 100)} %`;

  /**
   * @param {object} record The article's record.
   * @param {number} at Position of the quote in it.
   * @param {Array<Node|null>} more What the page adds, e.g. the statement's other places.
   * @returns {DocumentFragment}
   */
  function renderDetails(record, at, more = []) {
    const quote = record.quotes[at];
    const made = document.createDocumentFragment();
    const sections = [
      element("p", { class: "details-label" },
        element("span", { class: `badge stance-${stanceOf(quote)}` }, shortLabel(quote)),
        element("span", {}, `Statement ${at + 1} of ${record.quotes.length}`)),
      element("blockquote", { dir: "auto" }, QuotesSegments.statementText(record.text, quote)),
      facts(record, quote),
      scores("Stance", quote.stance, (label) => `${STANCES[label].symbol} ${STANCES[label].name}`),
      scores("Tone", quote.tone, (label) => label),
      watched(quote),
      ...more,
    ];
    made.append(...sections.filter(Boolean));
    return made;
  }

  function facts(record, quote) {
    const list = element("dl", { class: "details-facts" });
    const add = (term, ...values) => {
      const shown = values.filter(Boolean);
      if (shown.length) list.append(element("div", {}, element("dt", {}, term), ...shown.map((value) => element("dd", {}, element("bdi", {}, value)))));
    };
    const speaker = speakerOf(record, quote);
    add("Speaker", speaker ? speaker.name : "not named", speaker && [speaker.role, speaker.affiliation].filter(Boolean).join(", "));
    if (speaker) add("Registry", speaker.kb_id);
    if (quote.mention && (!speaker || quote.mention.text !== speaker.name)) add("Named here", quote.mention.text);
    add("Cue", quote.cue && quote.cue.text);
    add("Target", quote.target && quote.target.text);
    add("Type", TYPES[quote.type]);
    add("Rule", quote.rule);
    add("Confidence", percent(quote.confidence));
    return list;
  }

  function scores(name, tag, wording) {
    if (!tag) return null;
    const all = Object.entries(tag.scores).sort((a, b) => b[1] - a[1]).slice(0, 4);
    const rows = all.map(([label, score]) => {
      const bar = element("span", { class: "score-bar", "aria-hidden": "true" });
      bar.style.setProperty("--share", String(score));
      return element("li", { class: label === tag.label ? "is-likeliest" : null },
        element("span", {}, wording(label)), bar, element("span", { class: "score" }, percent(score)));
    });
    return element("section", { class: "scores" }, element("h4", {}, name), element("ul", {}, ...rows));
  }

  function watched(quote) {
    if (!quote.stances || quote.stances.length === 0) return null;
    const rows = quote.stances.map(({ name, stance }) => element("li", {},
      element("span", { class: `badge stance-${stance.label}` }, `${STANCES[stance.label].symbol} ${STANCES[stance.label].name}`),
      " ", element("bdi", {}, name), ` (${percent(stance.score)})`));
    return element("section", { class: "watched" }, element("h4", {}, "Watched targets"), element("ul", {}, ...rows));
  }

  /** The statements of an article as a table: for paper, where nothing can be opened, and for reading in rows. */
  function renderTable(record, shown = null) {
    const rows = record.quotes.map((quote, at) => ({ quote, at })).filter(({ at }) => shown === null || shown.has(at));
    const tagged = rows.some(({ quote }) => quote.stance || quote.tone);
    const names = ["No.", "Speaker", "Statement", ...(tagged ? ["Target", "Stance", "Tone"] : []), "Type", "Confidence"];
    const cell = (value) => element("td", {}, element("bdi", {}, value));
    const word = (value) => element("td", { class: "word" }, value);
    const body = rows.map(({ quote, at }) => {
      const speaker = speakerOf(record, quote);
      const tags = [cell(quote.target ? quote.target.text : "–"), word(STANCES[stanceOf(quote)].name), word(quote.tone ? quote.tone.label : "–")];
      return element("tr", {}, word(String(at + 1)), cell(speaker ? speaker.name : "–"), cell(QuotesSegments.statementText(record.text, quote)),
        ...(tagged ? tags : []), word(quote.type), word(percent(quote.confidence)));
    });
    return element("table", {},
      element("thead", {}, element("tr", {}, ...names.map((name) => element("th", { scope: "col" }, name)))),
      element("tbody", {}, ...body));
  }

  return { renderDetails, renderTable };
})();
