// The words of a sentence, filled in or changed in place. Every page works without this.

document.documentElement.classList.add("scripted");

// A list of ticks shows in its summary what is ticked.
document.addEventListener("change", (event) => {
  const pick = event.target.closest("[data-pick]");
  if (!pick) return;
  const picked = pick.querySelector("[data-picked]");
  const names = [...pick.querySelectorAll("input[type=checkbox]:checked")].map((box) => box.closest("label").textContent.trim());
  const why = pick.querySelector("input[type=text]");
  if (!names.length && why && why.value.trim()) names.push(`people care: ${why.value.trim()}`);
  const last = names.pop();
  picked.textContent = last ? (names.length ? `${names.join(", ")} and ${last}` : last) : picked.dataset.picked;
  picked.classList.toggle("unsaid", !last && picked.dataset.picked !== "everywhere");
  pick.querySelector(".by-default")?.remove();
});

// Enter in a box for one address reads it; in an open list it closes the list and does not send the form.
document.addEventListener("keydown", (event) => {
  const box = event.target.closest("[data-enter-submits]");
  if (box && event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    htmx.trigger(box, "input");
    return;
  }
  const open = event.target.closest("details.pick[open]");
  if (open && (event.key === "Escape" || (event.key === "Enter" && event.target.matches("input")))) {
    event.preventDefault();
    open.open = false;
    open.querySelector("summary").focus();
  }
});

document.addEventListener("focusin", (event) => {
  for (const pick of document.querySelectorAll("details.pick[open]")) {
    if (!pick.contains(event.target)) pick.open = false;
  }
});

document.addEventListener("click", (event) => {
  for (const pick of document.querySelectorAll("details.pick[open]")) {
    if (!pick.contains(event.target)) pick.open = false;
  }
});
