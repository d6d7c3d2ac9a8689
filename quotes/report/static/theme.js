"use strict";
/* Light or dark as the reader last chose here, else as the system says. */
const QuotesTheme = (() => {
  const KEY = "quotes-report-theme";
  const system = matchMedia("(prefers-color-scheme: dark)");

  function stored() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // some browsers keep nothing for files
    }
  }

  const current = () => document.documentElement.dataset.theme || (system.matches ? "dark" : "light");

  function toggle() {
    const theme = current() === "dark" ? "light" : "dark";
    document.documentElement.dataset.theme = theme;
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // The choice then holds for this visit.
    }
    return theme;
  }

  const theme = stored();
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  return { current, toggle };
})();
