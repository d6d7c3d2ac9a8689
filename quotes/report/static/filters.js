"use strict";
/* Which statements are wanted. No page needed: data and a state in, matches and counts out. */
const QuotesFilters = (() => {
  const CHOICES = ["stance", "tone", "type"];

  /** A state that lets everything through. */
  const everything = () => ({ q: "", speaker: "", target: "", stance: new Set(), tone: new Set(), type: new Set(), min: 0 });

  const isEverything = (state) =>
    !state.q.trim() && !state.speaker.trim() && !state.target.trim() && state.min === 0 && CHOICES.every((name) => state[name].size === 0);

  /** One entry a quote, in the order of the articles. */
  function index(data) {
    const entries = [];
    data.records.forEach((record, article) => {
      record.quotes.forEach((quote, at) => {
        entries.push({
          article,
          at,
          speaker: data.quoteSpeakers[article][at],
          targets: data.quoteTargets[article][at],
          statement: data.quoteStatements[article][at],
          stance: QuotesArticle.stanceOf(quote),
          tone: QuotesArticle.toneOf(quote),
          type: quote.type,
          confidence: quote.confidence,
          repeated: data.quoteStatements[article][at] in data.repeated,
          words: null,
        });
      });
    });
    return entries;
  }

  /** What free text is looked for in: the statement, its speaker, its targets, the article's title and id. */
  function haystack(data, units, entry) {
    const record = data.records[entry.article];
    units[entry.article] = units[entry.article] || QuotesSegments.unitOffsets(record.text);
    return [
      QuotesSegments.statementText(record.text, record.quotes[entry.at], units[entry.article]),
      entry.speaker === null ? "" : data.speakers[entry.speaker],
      ...entry.targets.map((target) => data.targets[target]),
      record.title || "",
      record.id,
    ].join("\n").toLowerCase();
  }

  /** The positions that a typed name means: the one label it is, else all that contain it; null for any. */
  function named(labels, typed) {
    const wanted = typed.trim().toLowerCase();
    if (!wanted) return null;
    const exact = labels.indexOf(wanted);
    if (exact >= 0) return new Set([exact]);
    return new Set(labels.flatMap((label, at) => (label.includes(wanted) ? [at] : [])));
  }

  /** Counts statements, those that stand at several places once. */
  function tally() {
    const seen = new Set();
    let single = 0;
    return {
      add(entry) {
        if (entry.repeated) seen.add(entry.statement);
        else single++;
      },
      count: () => single + seen.size,
    };
  }

  /** A bit for each choice that doesn't let the entry through. */
  function failedChoices(chosen, entry) {
    let failed = 0;
    for (let at = 0; at < CHOICES.length; at++) {
      if (chosen[at].size > 0 && !chosen[at].has(entry[CHOICES[at]])) failed |= 1 << at;
    }
    return failed;
  }

  function valueIn(map, key, make) {
    let value = map.get(key);
    if (value === undefined) map.set(key, (value = make()));
    return value;
  }

  /** Makes a function from a state to what it lets through. */
  function matcher(data) {
    const entries = index(data);
    const units = [];
    prepare(0);

    /** Between the reader's doings, so that the first word typed needn't wait for all of them. */
    function prepare(from) {
      const started = performance.now();
      let at = from;
      for (; at < entries.length && performance.now() - started < 10; at++) wordsOf(entries[at]);
      if (at < entries.length) setTimeout(prepare, 5, at);
    }

    function wordsOf(entry) {
      entry.words = entry.words || haystack(data, units, entry);
      return entry.words;
    }

    const speakers = data.speakers.map((label) => label.toLowerCase());
    const targets = data.targets.map((label) => label.toLowerCase());

    function tests(state) {
      const words = state.q.toLowerCase().split(/\s+/).filter(Boolean);
      const bySpeaker = named(speakers, state.speaker);
      const byTarget = named(targets, state.target);
      const general = [
        state.min > 0 && ((entry) => entry.confidence >= state.min),
        bySpeaker && ((entry) => entry.speaker !== null && bySpeaker.has(entry.speaker)),
        byTarget && ((entry) => entry.targets.some((target) => byTarget.has(target))),
        words.length > 0 && ((entry) => words.every((word) => wordsOf(entry).includes(word))),
      ].filter(Boolean);
      return { general, chosen: CHOICES.map((name) => state[name]) };
    }

    /**
     * @returns {{byArticle: Map<number, Set<number>>, statements: number, places: number, counts}}
     *   quotes let through by article; how many statements those are, each counted once; and for
     *   each choice how many statements it would give with the other filters as they are.
     */
    function match(state) {
      const { general, chosen } = tests(state);
      const byArticle = new Map();
      const statements = tally();
      const tallies = CHOICES.map(() => new Map());
      let places = 0;
      for (const entry of entries) {
        if (!general.every((test) => test(entry))) continue;
        const failed = failedChoices(chosen, entry);
        for (let at = 0; at < CHOICES.length; at++) {
          if ((failed & ~(1 << at)) === 0) valueIn(tallies[at], entry[CHOICES[at]], tally).add(entry);
        }
        if (failed !== 0) continue;
        places++;
        statements.add(entry);
        valueIn(byArticle, entry.article, () => new Set()).add(entry.at);
      }
      const counts = {};
      CHOICES.forEach((name, at) => {
        counts[name] = Object.fromEntries([...tallies[at]].map(([value, found]) => [value, found.count()]));
      });
      return { byArticle, statements: statements.count(), places, counts };
    }

    return { entries, match };
  }

  return { CHOICES, everything, isEverything, matcher };
})();
