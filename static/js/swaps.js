// After HTMX has exchanged a part of the page: the focus is where it was, what happened is said, nothing jumps.

const announcer = document.getElementById("announcer");
let left = null;

function announce(text) {
  if (announcer && text) {
    announcer.textContent = "";
    setTimeout(() => (announcer.textContent = text), 50);
  }
}

// What had the focus, so that it can be found again in the new part: by id, by name, by its words.
document.addEventListener("htmx:beforeSwap", (event) => {
  const now = document.activeElement;
  const target = event.detail.target;
  left =
    now && target && target.contains(now)
      ? { id: now.id, tag: now.tagName, name: now.getAttribute("name"), value: now.value, words: now.textContent.trim() }
      : null;
});

function again(part) {
  if (left.id && document.getElementById(left.id)) return document.getElementById(left.id);
  const alike = [...part.querySelectorAll(left.tag)];
  if (left.name) {
    const named = alike.filter((each) => each.getAttribute("name") === left.name);
    return named.find((each) => each.value === left.value) ?? named[0];
  }
  return left.words ? alike.find((each) => each.textContent.trim() === left.words) : undefined;
}

document.addEventListener("htmx:afterSettle", (event) => {
  const part = document.getElementById(event.detail.target.id) ?? event.detail.target;
  if (!part.isConnected) return;
  const asked = event.detail.requestConfig?.triggeringEvent;
  const wrong = event.detail.xhr?.status === 422 ? part.querySelector("[aria-invalid=true], .errorlist, [role=alert]") : null;
  if (wrong) {
    if (!wrong.matches("input, select, textarea")) wrong.tabIndex = -1;
    wrong.focus();
  } else if (left && (document.activeElement === document.body || !document.activeElement)) {
    const found = again(part);
    if (found) {
      found.focus({ preventScroll: true });
    } else {
      part.tabIndex = -1;
      part.focus({ preventScroll: true });
    }
    if (part.getBoundingClientRect().top < 0) part.scrollIntoView({ block: "start" });
  }
  left = null;
  // What comes by itself (progress, figures that are newer) says so in regions of its own.
  if (asked) announce(part.dataset.announce ?? part.querySelector("[data-announce]")?.dataset.announce ?? "");
});

// A form with data-follows, which narrows a list, says what the list shows, also when a link brought it: a column's head, a filter taken
// away, the way back. What stands in data-unsynced is left alone.
function follow(form, asked) {
  for (const field of form.elements) {
    if (!field.name || field.type === "hidden" || field.closest("[data-unsynced]")) continue;
    const said = asked.getAll(field.name);
    if (field.type === "checkbox" || field.type === "radio") field.checked = said.includes(field.value);
    else if (field.matches("input, select, textarea")) field.value = said[0] ?? "";
    if (field.selectedIndex === -1) field.selectedIndex = 0;
  }
}

function lists(target) {
  return [...document.querySelectorAll("form[data-follows]")].filter(
    (form) => !target || form.getAttribute("hx-target") === `#${target.id}`,
  );
}

document.addEventListener("htmx:afterSettle", (event) => {
  const { target, requestConfig, pathInfo } = event.detail;
  if (!target?.id || !requestConfig || !pathInfo) return;
  for (const form of lists(target)) {
    const elt = requestConfig.elt;
    if (!form.contains(elt)) follow(form, new URL(pathInfo.finalRequestPath, location.href).searchParams);
  }
});

document.addEventListener("htmx:historyRestore", () => {
  for (const form of lists()) follow(form, new URL(location.href).searchParams);
});

// Of two requests for one part the later one counts, also when its answer comes first.
const latest = new Map();

document.addEventListener("htmx:beforeRequest", (event) => {
  const { target, xhr } = event.detail;
  if (target?.id) latest.set(target.id, xhr);
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, xhr, requestConfig } = event.detail;
  if (requestConfig?.verb === "get" && latest.has(target.id) && latest.get(target.id) !== xhr) event.detail.shouldSwap = false;
});

// Nobody loses a word: what is typed or ticked while an answer is on its way is put into the part that comes, which knows only what stood
// there when it was asked for, and is said again.
const asked = new WeakMap();
let meanwhile = [];

const fields = (part) => [...part.querySelectorAll("input:not([type=hidden], [type=file], [type=submit]), textarea, select:not([multiple])")];
const ticks = (field) => field.matches("[type=checkbox], [type=radio]");
const stands = (field) => (ticks(field) ? field.checked : field.value);
const same = (field) => `${field.name} ${field.id} ${ticks(field) ? field.value : ""}`;

document.addEventListener("htmx:beforeRequest", (event) => {
  const { target, xhr } = event.detail;
  if (target) asked.set(xhr, new Map(fields(target).map((field) => [same(field), stands(field)])));
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, xhr } = event.detail;
  const then = asked.get(xhr) ?? new Map();
  meanwhile = fields(target).filter((field) => then.has(same(field)) && then.get(same(field)) !== stands(field));
});

function putBack(old, field) {
  const { selectionStart: start, selectionEnd: end } = old;
  if (ticks(field)) field.checked = old.checked;
  else field.value = old.value;
  if (field === document.activeElement && typeof start === "number") field.setSelectionRange(start, end);
  field.dispatchEvent(new Event(ticks(field) || field.matches("select") ? "change" : "input", { bubbles: true }));
}

document.addEventListener("htmx:afterSettle", (event) => {
  const part = document.getElementById(event.detail.target.id);
  const kept = meanwhile;
  meanwhile = [];
  for (const old of part && kept.length ? kept : []) {
    const field = fields(part).find((each) => same(each) === same(old));
    if (field && stands(field) !== stands(old)) putBack(old, field);
  }
});
