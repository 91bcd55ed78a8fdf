// Nobody loses a word: leaving a page with a form that was changed and not saved asks first.

const before = new WeakMap();
const surely = new WeakSet(); // changed, whatever they said before
let leaving = false;

const guarded = (form) => form && form.method === "post" && !form.matches("[data-unguarded], [action*='login'], [action*='logout']");
const words = (form) =>
  JSON.stringify(
    [...new FormData(form)]
      .filter(([name]) => name !== "csrfmiddlewaretoken")
      .map(([name, value]) => [name, value instanceof File ? `${value.name} ${value.size}` : value]),
  );
const changed = (form) => surely.has(form) || (before.has(form) && before.get(form) !== words(form));

// Before the first change, whichever way it comes.
for (const kind of ["focusin", "pointerdown"]) {
  document.addEventListener(
    kind,
    (event) => {
      const form = event.target.closest?.("form");
      if (guarded(form) && !before.has(form)) before.set(form, words(form));
    },
    true,
  );
}

// Words of which nobody saw the beginning, since the field had the focus before this listened, are words too.
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (guarded(form) && !before.has(form)) surely.add(form);
});

document.addEventListener("submit", (event) => {
  if (guarded(event.target)) leaving = true;
});
document.addEventListener("htmx:beforeRequest", (event) => {
  if (guarded(event.target.closest("form")) && event.detail.requestConfig.verb !== "get") leaving = true;
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (!event.detail.xhr.getResponseHeader("HX-Redirect")) leaving = false;
});

// A form that was refused holds what was typed, and none of it is saved.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.xhr?.status !== 422) return;
  const part = document.getElementById(event.detail.target.id);
  for (const form of part ? [part.closest("form"), ...part.querySelectorAll("form")] : []) {
    if (guarded(form)) surely.add(form);
  }
});

window.addEventListener("beforeunload", (event) => {
  if (!leaving && [...document.forms].some((form) => guarded(form) && changed(form))) event.preventDefault();
});
window.addEventListener("pageshow", () => (leaving = false));
