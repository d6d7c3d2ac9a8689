"use strict";
/* Filters, page and statement in the address, after the `#`: `#speaker=Ann%20Lee&stance=against&a=id&s=3`. */
const QuotesLocation = (() => {
  const TEXTS = ["q", "speaker", "target"];

  /** @returns {{filters, page: number, article: string|null, quote: number|null}} whatever the hash holds. */
  function read(hash) {
    const values = new URLSearchParams(hash.replace(/^#/, ""));
    const filters = QuotesFilters.everything();
    for (const name of TEXTS) filters[name] = values.get(name) || "";
    for (const name of QuotesFilters.CHOICES) {
      filters[name] = new Set((values.get(name) || "").split(",").filter(Boolean));
    }
    const min = Number(values.get("min"));
    filters.min = min > 0 && min <= 1 ? min : 0;
    const page = Number(values.get("page"));
    const quote = values.get("s");
    return {
      filters,
      page: Number.isInteger(page) && page > 0 ? page : 1,
      article: values.get("a"),
      quote: quote !== null && /^\d+$/.test(quote) ? Number(quote) : null,
    };
  }

  function write({ filters, page = 1, article = null, quote = null }) {
    const parts = [];
    const add = (name, value) => parts.push(`${name}=${encodeURIComponent(value)}`);
    for (const name of TEXTS) if (filters[name].trim()) add(name, filters[name]);
    for (const name of QuotesFilters.CHOICES) if (filters[name].size) add(name, [...filters[name]].sort().join(","));
    if (filters.min > 0) add("min", filters.min);
    if (page > 1) add("page", page);
    if (article !== null) add("a", article);
    if (quote !== null) add("s", quote);
    return `#${parts.join("&")}`;
  }

  /** A link to one statement, whatever filters are set. */
  const toStatement = (article, quote) =>
    location.href.replace(/#.*$/s, "") + write({ filters: QuotesFilters.everything(), article, quote });

  return { read, toStatement, write };
})();
