// Keyboard shortcuts, listed in the sheet that "?" opens. They never work inside fields, and can be switched off there.

const sheet = document.getElementById("keys");
const wanted = () => {
  try {
    return localStorage.getItem("keys") !== "off";
  } catch {
    return true;
  }
};
const places = new Map([...(sheet?.querySelectorAll("a[data-keys]") ?? [])].map((link) => [link.dataset.keys, link]));
let first = "";
let forget = 0;

function openSheet() {
  document.querySelectorAll("details.menu[open]").forEach((menu) => (menu.open = false));
  sheet.querySelector("[data-keys-switch]").checked = wanted();
  sheet.showModal();
}

function focusSearch() {
  const box = [...document.querySelectorAll(".bar-search input, .home-search input")].find((input) => input.offsetParent);
  if (!box) return false;
  box.focus();
  box.select();
  return true;
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  if (!sheet || typing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (document.querySelector("dialog[open]") || !wanted()) return;
  if (event.key === "?") {
    openSheet();
  } else if (event.key === "/") {
    if (!focusSearch()) return;
  } else {
    const keys = first ? `${first} ${event.key}` : event.key;
    first = "";
    clearTimeout(forget);
    if (places.has(keys)) {
      places.get(keys).click();
    } else if ([...places.keys()].some((each) => each.startsWith(`${event.key} `))) {
      first = event.key;
      forget = setTimeout(() => (first = ""), 1200);
      return;
    } else {
      return;
    }
  }
  event.preventDefault();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-keys-open]")) openSheet();
  else if (event.target.closest("[data-keys-close]") || event.target === sheet) sheet.close();
});

sheet?.addEventListener("change", (event) => {
  if (!event.target.matches("[data-keys-switch]")) return;
  try {
    if (event.target.checked) localStorage.removeItem("keys");
    else localStorage.setItem("keys", "off");
  } catch {
    // The browser keeps nothing: they stay on.
  }
});

for (const button of document.querySelectorAll("[data-keys-open]")) button.hidden = false;
