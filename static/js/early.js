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

// What is pressed, typed or ticked while the scripts are still coming is said to them when they listen: keys wherever the focus then is,
// since the first may have moved it; of each field only how it stands.
(() => {
  const kinds = ["keydown", "input", "change"];
  const keys = [];
  const fields = new Map();

  function hear(event) {
    const field = event.target.closest?.("input, textarea, select, [contenteditable]");
    const ticks = field?.matches("[type=checkbox], [type=radio]");
    if (event.type !== "keydown") fields.set(event.target, (fields.get(event.target) ?? new Set()).add(event.type));
    else if ((!field || ticks) && !event.ctrlKey && !event.metaKey && !event.altKey) keys.push(event);
  }

  function say(field, kind) {
    field.dispatchEvent(new Event(kind, { bubbles: true }));
  }

  // HTMX takes what it finds in a field for what always stood there, and asks for nothing: for a moment it differs.
  function sayTyped(field) {
    const [typed, start, end] = [field.value, field.selectionStart, field.selectionEnd];
    field.value = `${typed} `;
    say(field, "input");
    field.value = typed;
    if (field === document.activeElement) field.setSelectionRange(start, end);
    say(field, "input");
  }

  for (const kind of kinds) document.addEventListener(kind, hear, true);
  window.addEventListener("DOMContentLoaded", () => {
    for (const kind of kinds) document.removeEventListener(kind, hear, true);
    for (const [field, said] of fields) {
      if (!field.isConnected) continue;
      for (const kind of said) {
        if (kind === "input" && field.matches("[hx-trigger*=changed]")) sayTyped(field);
        else say(field, kind);
      }
    }
    for (const key of keys) (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent("keydown", key));
  });
})();
