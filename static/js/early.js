// Runs before the page is drawn.

// The chosen theme, so that nothing flashes; or none, and then the system decides.
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

// Back and back again: a second step taken while the page is still coming changes the address, and HTMX, which would fetch what belongs to
// it, does not listen yet. Then the page of that address is fetched here.
(() => {
  const page = () => location.href.split("#")[0];
  const asked = page();
  document.addEventListener("DOMContentLoaded", () => {
    if (page() !== asked) location.reload();
  });
})();
