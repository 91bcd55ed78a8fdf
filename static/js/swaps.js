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
