"use strict";
/* The report: brings data, filters, articles, details and the address together. */
(() => {
  const PER_PAGE = 20;
  const PRINTED = 100; // articles at most; more would hang a print dialogue
  const PAUSE = 60; // ms without a key before a typed filter is applied

  const byId = (id) => document.getElementById(id);
  const { element } = QuotesArticle;
  const data = JSON.parse(byId("data").textContent);
  const { entries, match } = QuotesFilters.matcher(data);
  const total = new Set(entries.map(({ statement }) => statement)).size;
  const list = byId("article-list");
  const details = byId("details");
  const plural = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;

  let filters = QuotesFilters.everything();
  let matched = match(filters);
  let shown = []; // positions of the articles that the filters let through
  let page = 1;
  let selected = null; // {article, at}
  let rendered = new Map(); // article -> what renderArticle gave, of this page

  const form = QuotesControls.controls(byId("filters"), data, entries, (typed) => later(typed ? PAUSE : 0, () => {
    filters = form.read();
    page = 1;
    refresh();
  }));

  let waiting = 0;
  function later(pause, work) {
    clearTimeout(waiting);
    waiting = setTimeout(work, pause);
  }

  function refresh() {
    matched = match(filters);
    const all = QuotesFilters.isEverything(filters);
    shown = all ? data.records.map((_, at) => at) : [...matched.byArticle.keys()];
    form.showCounts(matched.counts);
    byId("clear").disabled = all;
    showPage();
    remember();
    announce();
  }

  function announce() {
    const of = QuotesFilters.isEverything(filters) ? "" : `of ${total.toLocaleString("en")} `;
    const places = matched.places > matched.statements ? `, at ${plural(matched.places, "place")},` : "";
    const noun = (of ? total : matched.statements) === 1 ? "statement" : "statements";
    byId("result-count").textContent =
      `${matched.statements.toLocaleString("en")} ${of}${noun}${places} in ${plural(shown.length, "article")}`;
  }

  // --- articles ---------------------------------------------------------------------------

  const pages = () => Math.max(1, Math.ceil(shown.length / PER_PAGE));

  function showPage() {
    page = Math.min(page, pages());
    renderList(shown.slice((page - 1) * PER_PAGE, page * PER_PAGE));
    for (const nav of document.querySelectorAll(".pager")) fillPager(nav);
  }

  /** Reuses what is rendered already: while someone types, most articles stay. */
  function renderList(positions) {
    const before = rendered;
    rendered = new Map(positions.map((at) => [at, before.get(at) || render(at)]));
    if (selected && !(rendered.has(selected.article) && isShown(selected))) deselect();
    for (const [at, article] of rendered) {
      article.show(QuotesFilters.isEverything(filters) ? null : matched.byArticle.get(at) || new Set());
    }
    const order = [...rendered.values()].map(({ element }) => element);
    if (order.length !== list.children.length || order.some((node, at) => node !== list.children[at])) list.replaceChildren(...order);
    byId("nothing-found").hidden = order.length > 0;
  }

  function isShown({ article, at }) {
    return QuotesFilters.isEverything(filters) || (matched.byArticle.get(article) || new Set()).has(at);
  }

  function render(at) {
    const record = data.records[at];
    const article = QuotesArticle.renderArticle(record, { onSelect: (quote, how) => select({ article: at, at: quote }, how) });
    if (record.quotes.length > 0) {
      const table = element("details", { class: "statement-table" }, element("summary", {}, `${plural(record.quotes.length, "statement")} as a table`));
      table.addEventListener("toggle", () => {
        if (table.open && table.children.length === 1) table.append(element("div", { class: "scroll", tabindex: 0 }, QuotesDetails.renderTable(record)));
      });
      article.element.append(table);
    }
    return article;
  }

  function fillPager(nav) {
    nav.hidden = pages() === 1;
    nav.querySelector(".page-of").textContent = `Page ${page} of ${pages()}`;
    nav.querySelector("[data-step='-1']").disabled = page === 1;
    nav.querySelector("[data-step='1']").disabled = page === pages();
  }

  function turnTo(number) {
    page = Math.min(Math.max(number, 1), pages());
    showPage();
    remember();
    byId("articles-heading").focus();
  }

  // --- one statement ----------------------------------------------------------------------

  function select(place, how) {
    if (selected && selected.article !== place.article && rendered.has(selected.article)) rendered.get(selected.article).emphasise(null);
    const same = selected && selected.article === place.article && selected.at === place.at && !details.hidden;
    selected = place;
    const article = rendered.get(place.article);
    article.emphasise(place.at);
    if (!same) showDetails(place);
    if (how === "pointer") article.badges[place.at].focus({ preventScroll: true });
    if (how === "keyboard") details.focus({ preventScroll: true }); // Enter goes to the details, Escape back
    remember();
  }

  function deselect() {
    if (selected && rendered.has(selected.article)) rendered.get(selected.article).emphasise(null);
    selected = null;
    details.hidden = true;
    document.documentElement.classList.remove("has-details");
  }

  /** Leaves the statement, with the focus where it was in the text. */
  function closeDetails() {
    rendered.get(selected.article).badges[selected.at].focus({ preventScroll: true });
    deselect();
    remember();
  }

  function showDetails({ article, at }) {
    byId("details-body").replaceChildren(QuotesDetails.renderDetails(data.records[article], at, [otherPlaces(article, at)]));
    details.hidden = false;
    document.documentElement.classList.add("has-details");
  }

  /** Links to the other articles that carry the same statement. */
  function otherPlaces(article, at) {
    const places = data.repeated[data.quoteStatements[article][at]] || [];
    const others = places.filter(([other, quote]) => other !== article || quote !== at);
    if (others.length === 0) return null;
    const links = others.map(([other, quote]) => {
      const record = data.records[other];
      const href = QuotesLocation.write({ filters: QuotesFilters.everything(), article: record.id, quote });
      return element("li", {}, element("a", { href }, element("bdi", {}, record.title || record.id)), record.date ? ` (${record.date})` : "");
    });
    return element("section", { class: "places" }, element("h4", {}, `Also in ${plural(others.length, "place")}`), element("ul", {}, ...links));
  }

  async function copyLink() {
    const link = QuotesLocation.toStatement(data.records[selected.article].id, selected.at);
    const field = byId("link");
    field.value = link;
    try {
      await navigator.clipboard.writeText(link);
      say("Link copied");
    } catch {
      field.hidden = false; // where a page may not write to the clipboard, the reader copies
      field.select();
      say("Copy the link shown");
    }
  }

  function say(message) {
    byId("said").textContent = message;
  }

  // --- from statement to statement ---------------------------------------------------------

  const stops = () => [...list.querySelectorAll("button.badge:not([hidden])")];

  function step(by) {
    const all = stops();
    const current = selected ? all.indexOf(rendered.get(selected.article).badges[selected.at]) : -1;
    const next = current < 0 ? (by > 0 ? 0 : all.length - 1) : current + by;
    if (next >= 0 && next < all.length) return goTo(all[next]);
    if (current < 0 || page + by < 1 || page + by > pages()) return say(by > 0 ? "This is the last statement" : "This is the first statement");
    page += by;
    showPage();
    const there = stops();
    if (there.length) goTo(by > 0 ? there[0] : there[there.length - 1]);
  }

  function goTo(button) {
    button.focus({ preventScroll: true });
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    button.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  }

  const NEXT = new Set(["j", "ArrowDown", "ArrowRight"]);
  const PREVIOUS = new Set(["k", "ArrowUp", "ArrowLeft"]);

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const typing = event.target.closest("#filters, .link, summary, .scroll");
    if (event.key === "Escape" && selected && !event.target.closest("#filters")) return closeDetails();
    // Arrows scroll the page unless a statement has the focus; the letters work from anywhere.
    const arrow = event.key.startsWith("Arrow");
    if (typing || (arrow && !event.target.closest(".badge"))) return;
    const by = NEXT.has(event.key) ? 1 : PREVIOUS.has(event.key) ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    step(by);
  }

  // --- the address ------------------------------------------------------------------------

  // Browsers allow some hundred changes a minute, fewer than keys held down make.
  let remembering = 0;
  function remember() {
    clearTimeout(remembering);
    remembering = setTimeout(writeAddress, 150);
  }

  function writeAddress() {
    const place = selected ? { article: data.records[selected.article].id, quote: selected.at } : {};
    const hash = QuotesLocation.write({ filters, page, ...place });
    if (hash !== (location.hash || "#")) history.replaceState(null, "", hash === "#" ? location.href.replace(/#.*$/s, "") : hash);
  }

  /** Shows what the address asks for. A statement that its filters would hide goes before them. */
  function follow(hash, { moved }) {
    if (moved && /^#[^=]+$/.test(hash)) return; // a link within the page, e.g. to the errors
    const wanted = QuotesLocation.read(hash);
    const article = wanted.article === null ? -1 : data.records.findIndex(({ id }) => id === wanted.article);
    const place = article >= 0 && wanted.quote !== null && data.records[article].quotes[wanted.quote] ? { article, at: wanted.quote } : null;
    filters = wanted.filters;
    matched = match(filters);
    if (article >= 0 && !QuotesFilters.isEverything(filters) && !(place ? isShown(place) : matched.byArticle.has(article))) {
      filters = QuotesFilters.everything();
    }
    form.fill(filters);
    page = wanted.page;
    deselect();
    refreshAt(article);
    if (place) goTo(rendered.get(article).badges[place.at]);
    else if (article >= 0) rendered.get(article).heading.focus();
    else if (moved) byId("articles-heading").focus();
  }

  /** Refreshes and turns to the page of an article, if one is given. */
  function refreshAt(article) {
    if (article >= 0) {
      matched = match(filters);
      const among = QuotesFilters.isEverything(filters) ? article : [...matched.byArticle.keys()].indexOf(article);
      page = Math.floor(among / PER_PAGE) + 1;
    }
    refresh();
  }

  // --- paper ------------------------------------------------------------------------------

  function beforePrint() {
    renderList(shown.slice(0, PRINTED));
    for (const [at, article] of rendered) {
      const only = QuotesFilters.isEverything(filters) ? null : matched.byArticle.get(at);
      if (data.records[at].quotes.length) article.element.append(element("div", { class: "printed-table" }, QuotesDetails.renderTable(data.records[at], only)));
    }
    byId("printed").textContent = shown.length > PRINTED ? `The first ${PRINTED} of ${plural(shown.length, "article")}; set filters to print others.` : "";
  }

  function afterPrint() {
    for (const table of list.querySelectorAll(".printed-table")) table.remove();
    showPage();
  }

  // --- start ------------------------------------------------------------------------------

  function themeLabel() {
    byId("theme").textContent = QuotesTheme.current() === "dark" ? "Light" : "Dark";
  }

  byId("theme").addEventListener("click", () => { QuotesTheme.toggle(); themeLabel(); });
  byId("clear").addEventListener("click", () => { filters = QuotesFilters.everything(); form.fill(filters); page = 1; refresh(); });
  byId("close-details").addEventListener("click", closeDetails);
  byId("copy-link").addEventListener("click", copyLink);
  byId("next").addEventListener("click", () => step(1));
  byId("previous").addEventListener("click", () => step(-1));
  for (const button of document.querySelectorAll(".pager button")) button.addEventListener("click", () => turnTo(page + Number(button.dataset.step)));
  byId("skip").addEventListener("click", (event) => { event.preventDefault(); byId("articles-heading").focus(); });
  document.addEventListener("keydown", onKey);
  addEventListener("hashchange", (event) => follow(new URL(event.newURL).hash, { moved: true }));
  addEventListener("beforeprint", beforePrint);
  addEventListener("afterprint", afterPrint);
  // Beside the articles the filters are always open; above them they would push the articles away.
  const narrow = matchMedia("(max-width: 56rem)");
  const fold = () => { byId("filters-fold").open = !narrow.matches; };
  narrow.addEventListener("change", fold);
  fold();
  themeLabel();
  follow(location.hash, { moved: false });
  document.documentElement.dataset.ready = "true";
})();
