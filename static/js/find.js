// The search box of the bar as a combobox: arrows choose among what was found, Enter goes there, Escape closes.
// Without this script it is a plain search box that leads to the page of results.

for (const input of document.querySelectorAll("[data-combobox]")) {
  const list = () => document.getElementById(input.dataset.combobox);
  const options = () => [...list().querySelectorAll("[role=option]")];
  const open = () => !list().hidden && options().length > 0;

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", input.dataset.combobox);
  input.setAttribute("aria-expanded", "false");

  function show(wanted) {
    list().hidden = !wanted || options().length === 0;
    input.setAttribute("aria-expanded", String(open()));
    if (!open()) choose(null);
  }

  function choose(option) {
    for (const each of options()) each.setAttribute("aria-selected", String(each === option));
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  input.addEventListener("keydown", (event) => {
    const all = open() ? options() : [];
    const now = all.findIndex((each) => each.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!open()) show(true);
      else choose(all[(now + (event.key === "ArrowDown" ? 1 : now < 0 ? 0 : -1) + all.length) % all.length]);
      event.preventDefault();
    } else if (event.key === "Enter" && now >= 0) {
      event.preventDefault();
      all[now].click();
    } else if (event.key === "Escape" && open()) {
      show(false);
      event.preventDefault();
      event.stopPropagation();
    }
  });

  input.addEventListener("focus", () => show(input.value.trim() !== "" && input === document.activeElement && options().length > 0));
  input.form.addEventListener("focusout", (event) => {
    if (!input.form.contains(event.relatedTarget)) show(false);
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id === input.dataset.combobox || event.detail.elt.id === input.dataset.combobox) {
      show(input === document.activeElement && input.value.trim() !== "");
    }
  });
  // A click on what was found must not take the focus, and with it the list, away before it counts.
  input.form.addEventListener("mousedown", (event) => {
    if (list().contains(event.target)) event.preventDefault();
  });
}
