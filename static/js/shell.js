// Small helps for the shell. Every page works without them.

const root = document.documentElement;

// Theme: system, light or dark.
function showTheme() {
  const now = root.dataset.bsTheme || "system";
  for (const button of document.querySelectorAll("[data-theme-choice]")) {
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === now));
  }
}

for (const group of document.querySelectorAll("[data-theme-switch]")) group.hidden = false;
showTheme();

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-theme-choice]");
  if (!button) return;
  const choice = button.dataset.themeChoice;
  try {
    if (choice === "system") localStorage.removeItem("theme");
    else localStorage.setItem("theme", choice);
  } catch {
    // Kept for this page only.
  }
  if (choice === "system") delete root.dataset.bsTheme;
  else root.dataset.bsTheme = choice;
  showTheme();
});

// Menus close on a click elsewhere and on Escape, which gives the focus back.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  }
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

// A form is sent once, however often its button is pressed while the answer is on its way; after five seconds it is meant again.
let sent = new WeakMap();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (Date.now() - (sent.get(form) ?? 0) < 5000) {
    event.preventDefault();
    event.stopImmediatePropagation();
  } else sent.set(form, Date.now());
}, true);
document.addEventListener("htmx:afterRequest", (event) => {
  if (!event.detail.xhr.getResponseHeader("HX-Redirect")) sent.delete(event.target.closest("form"));
});
window.addEventListener("pageshow", () => (sent = new WeakMap()));

// One box chooses every row of its table.
document.addEventListener("change", (event) => {
  const table = event.target.closest("table:has([data-choose-all])");
  if (!table) return;
  const all = table.querySelector("[data-choose-all]");
  const boxes = [...table.querySelectorAll("tbody input[type=checkbox]")];
  if (event.target === all) for (const box of boxes) box.checked = all.checked;
  else if (boxes.includes(event.target)) all.checked = boxes.every((box) => box.checked);
});

// HTMX: a request that failed says so, in the region that screen readers listen to.
function say(sentence) {
  const region = document.getElementById("messages");
  if (!region) return;
  const line = document.createElement("div");
  line.className = "message error";
  const text = document.createElement("p");
  text.textContent = sentence;
  line.append(text);
  region.replaceChildren(line);
}

document.addEventListener("htmx:responseError", (event) => {
  const status = event.detail.xhr.status;
  if (status === 403) say("You may not do this. Nothing was changed.");
  else if (status === 404) say("This is not here any more. Reload the page to see what is.");
  else say("This did not work, and the fault is ours. Nothing was changed; try again in a moment.");
});

document.addEventListener("htmx:sendError", () => {
  say("The server could not be reached. Nothing was changed; check the connection and try again.");
});
