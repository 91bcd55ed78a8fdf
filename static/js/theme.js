// Runs before the page is drawn, so that nothing flashes: the chosen theme, or none, and then the system decides.
(() => {
  const root = document.documentElement;
  let chosen = null;
  try {
    chosen = localStorage.getItem("theme");
  } catch {
    // A browser that keeps nothing follows the system.
  }
  if (chosen === "light" || chosen === "dark") root.dataset.bsTheme = chosen;
  root.classList.add("js");
})();
