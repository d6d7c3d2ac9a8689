"use strict";
/* The service's page: sends an article and shows the record that comes back. */
(() => {
  const byId = (id) => document.getElementById(id);
  const { maxBytes, example } = JSON.parse(byId("data").textContent);
  const details = byId("details");
  const text = byId("text");
  const plural = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;

  let received = null; // the record as it came, for the download
  let record = null;
  let article = null; // what renderArticle gave
  let selected = null; // position of a statement
  let sending = false;

  // --- sending ----------------------------------------------------------------------------

  function sendText() {
    if (text.value.trim() === "") {
      fail("There is no text to annotate. Paste an article or open a file.");
      return text.focus();
    }
    const body = new Blob([JSON.stringify({ text: text.value, id: "pasted text" })], { type: "application/json" });
    send("annotate", body, body.size, "the text");
  }

  function sendFile(file) {
    const body = new FormData();
    body.append("file", file);
    send("annotate/file", body, file.size, file.name);
  }

  async function send(path, body, size, what) {
    if (sending) return;
    if (size > maxBytes) return fail(`${what} is larger than ${maxBytes.toLocaleString("en")} bytes, the most that is taken here.`);
    const done = wait(what);
    const [response, answer] = await answered(path, body);
    done();
    if (response === null) fail("The service doesn’t answer. Is quotes serve still running?");
    else if (response.ok) show(answer);
    else fail(problem(answer, response));
  }

  async function answered(path, body) {
    try {
      const response = await fetch(path, { method: "POST", body });
      return [response, await response.text()];
    } catch {
      return [null, ""];
    }
  }

  function problem(answer, response) {
    try {
      return String(JSON.parse(answer).detail);
    } catch {
      return `the service answered ${response.status} ${response.statusText}`;
    }
  }

  /** Tells that something is under way, until the function that it returns is called. */
  function wait(what) {
    const began = performance.now();
    const tell = () => { byId("elapsed").textContent = `${Math.floor((performance.now() - began) / 1000)} s`; };
    const ticking = setInterval(tell, 250);
    sending = byId("annotate").disabled = true;
    byId("error").hidden = true;
    byId("what").textContent = what;
    byId("busy").hidden = false;
    tell();
    say(`Annotating ${what}`);
    return () => {
      clearInterval(ticking);
      sending = byId("annotate").disabled = false;
      byId("busy").hidden = true;
    };
  }

  /** Shows what is wrong, as a sentence. */
  function fail(message) {
    const end = /[.!?]$/.test(message) ? "" : ".";
    byId("error").textContent = message.charAt(0).toUpperCase() + message.slice(1) + end;
    byId("error").hidden = false;
    say("");
  }

  function say(message) {
    byId("said").textContent = message;
  }

  // --- showing ----------------------------------------------------------------------------

  function show(answer) {
    received = answer;
    record = JSON.parse(answer);
    selected = null;
    hideDetails();
    article = QuotesArticle.renderArticle(record, { onSelect: select });
    byId("article").replaceChildren(article.element);
    const tagged = record.quotes.some((quote) => quote.stance || quote.tone);
    for (const part of document.querySelectorAll("[data-tagged]")) part.hidden = !tagged;
    byId("legend").hidden = byId("table").hidden = record.quotes.length === 0;
    byId("table").open = false;
    byId("rows").replaceChildren();
    byId("count").textContent = record.quotes.length === 0 ? "No statements were found." : counted();
    byId("result").hidden = false;
    document.documentElement.classList.add("has-result");
    byId("result-heading").focus({ preventScroll: true });
    byId("result").scrollIntoView({ block: "start", behavior: calm() ? "auto" : "smooth" });
    say(byId("count").textContent);
  }

  function counted() {
    const named = new Set(record.quotes.flatMap(({ speaker }) => (speaker == null ? [] : [speaker])));
    return `${plural(record.quotes.length, "statement")} by ${plural(named.size, "named speaker")}`;
  }

  function fillTable() {
    if (byId("table").open && !byId("rows").hasChildNodes()) byId("rows").append(QuotesDetails.renderTable(record));
  }

  function download() {
    const url = URL.createObjectURL(new Blob([received, "\n"], { type: "application/json" }));
    const name = record.id.replace(/[^\p{L}\p{N}._-]+/gu, "-").replace(/^[.-]+/, "").slice(0, 100);
    QuotesArticle.element("a", { href: url, download: `${name || "article"}.json` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }

  // --- one statement ----------------------------------------------------------------------

  const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  function select(at, how) {
    if (at !== selected || details.hidden) {
      selected = at;
      article.emphasise(at);
      byId("details-body").replaceChildren(QuotesDetails.renderDetails(record, at));
      details.hidden = false;
      document.documentElement.classList.add("has-details");
    }
    if (how === "pointer") article.badges[at].focus({ preventScroll: true });
    if (how === "keyboard") details.focus({ preventScroll: true }); // Enter goes to the details, Escape back
  }

  function hideDetails() {
    details.hidden = true;
    document.documentElement.classList.remove("has-details");
  }

  function closeDetails() {
    article.badges[selected].focus({ preventScroll: true });
    article.emphasise(null);
    selected = null;
    hideDetails();
  }

  function step(by) {
    const next = selected === null ? (by > 0 ? 0 : record.quotes.length - 1) : selected + by;
    if (next < 0 || next >= record.quotes.length) return say(by > 0 ? "This is the last statement" : "This is the first statement");
    article.badges[next].focus({ preventScroll: true });
    article.badges[next].scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
  }

  const NEXT = new Set(["j", "ArrowDown", "ArrowRight"]);
  const PREVIOUS = new Set(["k", "ArrowUp", "ArrowLeft"]);

  function onKey(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return event.target === text && sendText();
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || record === null) return;
    if (event.target.closest("textarea, summary, .scroll")) return;
    if (event.key === "Escape" && selected !== null) return closeDetails();
    // Arrows scroll the page unless a statement has the focus; the letters work from anywhere.
    if (event.key.startsWith("Arrow") && !event.target.closest(".badge")) return;
    const by = NEXT.has(event.key) ? 1 : PREVIOUS.has(event.key) ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    step(by);
  }

  // --- dropping a file --------------------------------------------------------------------

  const holdsFile = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
  const dropping = (now) => byId("form").classList.toggle("is-dropping", now);

  function onDrag(event) {
    if (!holdsFile(event)) return;
    event.preventDefault(); // else the browser would open the file in place of the page
    dropping(true);
  }

  function onDrop(event) {
    if (!holdsFile(event)) return;
    event.preventDefault();
    dropping(false);
    if (event.dataTransfer.files.length === 1) sendFile(event.dataTransfer.files[0]);
    else fail("One file at a time, please; quotes extract takes many.");
  }

  // --- start ------------------------------------------------------------------------------

  function themeLabel() {
    byId("theme").textContent = QuotesTheme.current() === "dark" ? "Light" : "Dark";
  }

  byId("theme").addEventListener("click", () => { QuotesTheme.toggle(); themeLabel(); });
  byId("form").addEventListener("submit", (event) => { event.preventDefault(); sendText(); });
  byId("example").addEventListener("click", () => { text.value = example; sendText(); });
  byId("choose").addEventListener("click", () => byId("file").click());
  byId("file").addEventListener("change", ({ target }) => {
    if (target.files.length) sendFile(target.files[0]);
    target.value = ""; // or the same file could not be chosen again
  });
  byId("table").addEventListener("toggle", fillTable);
  byId("download").addEventListener("click", download);
  byId("close-details").addEventListener("click", closeDetails);
  byId("next").addEventListener("click", () => step(1));
  byId("previous").addEventListener("click", () => step(-1));
  document.addEventListener("keydown", onKey);
  document.addEventListener("dragover", onDrag);
  document.addEventListener("dragleave", (event) => { if (event.relatedTarget === null) dropping(false); });
  document.addEventListener("drop", onDrop);
  themeLabel();
  document.documentElement.dataset.ready = "true";
})();
