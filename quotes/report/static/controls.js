"use strict";
/* The form of filters: what is set in it, and the counts beside its choices. */
const QuotesControls = (() => {
  const { element, STANCES } = QuotesArticle;
  const NAMES_OFFERED = 1000; // more only make the list slow; any part of a name can be typed

  const WORDINGS = {
    stance: (value) => `${STANCES[value].symbol} ${STANCES[value].name}`,
    tone: (value) => (value === "none" ? "no tone" : value),
    type: (value) => value,
  };
  const ORDER = {
    stance: ["favor", "against", "neutral", "none"],
    tone: ["neutral", "critical", "threatening", "defiant", "urging", "conciliatory", "supportive", "concerned", "hopeful", "none"],
    type: ["direct", "mixed", "indirect"],
  };

  /**
   * @param {HTMLFormElement} form
   * @param {function(boolean)} changed Called after each change, with whether it came by typing.
   * @returns {{read, fill, showCounts}}
   */
  function controls(form, data, entries, changed) {
    const outputs = {};
    for (const name of QuotesFilters.CHOICES) outputs[name] = choices(form, name, new Set(entries.map((entry) => entry[name])));
    offer("speaker-names", data.speakers, entries.flatMap(({ speaker }) => (speaker === null ? [] : [speaker])));
    offer("target-names", data.targets, entries.flatMap(({ targets }) => targets));
    form.addEventListener("input", (event) => {
      showMin(form);
      changed(event.target.type === "search" || event.target.type === "text");
    });
    form.addEventListener("submit", (event) => event.preventDefault());

    function read() {
      const state = QuotesFilters.everything();
      for (const name of ["q", "speaker", "target"]) state[name] = form.elements[name].value;
      for (const name of QuotesFilters.CHOICES) {
        for (const box of form.querySelectorAll(`input[name="${name}"]:checked`)) state[name].add(box.value);
      }
      state.min = Number(form.elements.min.value) / 100;
      return state;
    }

    function fill(state) {
      for (const name of ["q", "speaker", "target"]) form.elements[name].value = state[name];
      for (const name of QuotesFilters.CHOICES) {
        for (const box of form.querySelectorAll(`input[name="${name}"]`)) box.checked = state[name].has(box.value);
      }
      form.elements.min.value = String(Math.round(state.min * 100));
      showMin(form);
    }

    function showCounts(counts) {
      for (const name of QuotesFilters.CHOICES) {
        for (const [value, output] of outputs[name]) output.textContent = String(counts[name][value] || 0);
      }
    }

    return { read, fill, showCounts };
  }

  function showMin(form) {
    form.elements.minShown.value = `${form.elements.min.value} %`;
  }

  /** One box for each value that occurs; a choice of one is no choice. */
  function choices(form, name, met) {
    const field = form.querySelector(`fieldset[data-choices="${name}"]`);
    const outputs = new Map();
    for (const value of ORDER[name].filter((known) => met.has(known))) {
      const output = element("span", { class: "count" });
      outputs.set(value, output);
      field.append(element("label", { class: `choice ${name}-${value}` },
        element("input", { type: "checkbox", name, value }), element("span", { class: "choice-name" }, WORDINGS[name](value)), " ", output));
    }
    field.hidden = outputs.size < 2;
    return outputs;
  }

  /** Fills a list of suggestions, those that occur most often first. */
  function offer(id, labels, occurrences) {
    const counts = new Map();
    for (const at of occurrences) counts.set(at, (counts.get(at) || 0) + 1);
    const most = [...counts].sort((a, b) => b[1] - a[1]).slice(0, NAMES_OFFERED);
    document.getElementById(id).append(...most.map(([at]) => element("option", { value: labels[at] })));
  }

  return { controls };
})();
