// The worklist by keyboard: j and k move, a assigns, w waives, e puts right, x ticks. Every page works without this.

const rows = () => [...document.querySelectorAll("tr[data-finding]")];
const current = () => document.querySelector("tr[data-finding].current");
const panel = () => document.getElementById("finding_panel");
const on = () => {
  try {
    return localStorage.getItem("keys") !== "off";
  } catch {
    return true;
  }
};

function choose(row) {
  if (!row) return;
  current()?.classList.remove("current");
  row.classList.add("current");
  row.querySelector(".finding-subject").focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function move(step) {
  const all = rows();
  if (!all.length) return false;
  const at = all.indexOf(current());
  choose(all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + step))]);
  return true;
}

function shut() {
  const open = panel();
  if (!open) return;
  open.className = "finding-panel";
  open.replaceChildren();
  current()?.querySelector(".finding-subject").focus();
}

function act(key) {
  if (key === "j" || key === "k") {
    const go = document.querySelector(`a[data-go="${key}"]`);
    if (go) go.click();
    return Boolean(go) || move(key === "j" ? 1 : -1);
  }
  const row = current();
  if (key === "x") {
    const box = row?.querySelector("input[type=checkbox]");
    box?.click();
    return Boolean(box);
  }
  const link = (row ?? (rows().length ? null : document))?.querySelector(`a[data-do="${key}"]`);
  link?.click();
  return Boolean(link);
}

// The keys are said above the list, where they do something.
function sayKeys() {
  for (const line of document.querySelectorAll("[data-audit-keys]")) line.classList.toggle("on", on());
}
sayKeys();
document.addEventListener("htmx:afterSettle", sayKeys);

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && panel()?.classList.contains("open") && rows().length) {
    event.preventDefault();
    shut();
    return;
  }
  const typing = event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !on()) return;
  if (document.querySelector("dialog[open]") || event.target.closest("#finding_panel")) return;
  if ("jkawex".includes(event.key) && act(event.key)) event.preventDefault();
});

document.addEventListener("focusin", (event) => {
  const row = event.target.closest("tr[data-finding]");
  if (row && row !== current()) {
    current()?.classList.remove("current");
    row.classList.add("current");
  }
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-close-panel]") && rows().length) {
    event.preventDefault();
    shut();
  }
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target.id !== "finding_panel" || !panel()?.classList.contains("open")) return;
  panel().querySelector("[role=alert] a, [aria-invalid=true], input:checked, input:not([type=hidden]), textarea, select, button")?.focus();
});

// What was decided fades where it stands; the next one is chosen.
document.addEventListener("findingDone", (event) => {
  const all = rows();
  const at = all.findIndex((row) => row.id === `finding_${event.detail.value}`);
  choose(all[at + 1] ?? all[at]);
});
