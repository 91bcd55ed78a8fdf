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
  picked.classList.toggle("unsaid", !last);
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

// The small form of a word opens at the word, takes the focus, and gives it back.
let opener = null;

function place(panel) {
  panel.classList.add("placed"); // shown from here on, and measured before it is drawn
  const word = opener && document.getElementById(opener);
  const frame = panel.offsetParent;
  if (!word || !frame) return;
  const at = word.getBoundingClientRect();
  const around = frame.getBoundingClientRect();
  const left = Math.min(at.left - around.left, frame.clientWidth - panel.offsetWidth);
  panel.style.top = `${at.bottom - around.top + 6}px`;
  panel.style.left = `${Math.max(0, left)}px`;
}

function shut() {
  const panel = document.getElementById("account_word");
  if (!panel || !document.body.contains(panel) || document.querySelector("main.narrow")) return;
  panel.className = "word-panel";
  panel.replaceChildren();
  for (const link of document.querySelectorAll("a[aria-expanded]")) link.removeAttribute("aria-expanded");
  if (opener) document.getElementById(opener)?.focus();
}

document.addEventListener("htmx:beforeRequest", (event) => {
  const link = event.detail.elt.closest("a[hx-target='#account_word']");
  if (link) opener = link.id;
});

document.addEventListener("htmx:afterSettle", (event) => {
  const panel = document.getElementById("account_word");
  if (!panel || event.detail.target.id !== "account_word") return;
  place(panel);
  if (!panel.classList.contains("open")) return;
  document.getElementById(opener)?.setAttribute("aria-expanded", "true");
  const first = panel.querySelector("[role=alert] a, .clash input, input:not([type=hidden]), textarea, select");
  first?.focus();
  if (first?.select) first.select();
});

document.addEventListener("wordSaved", () => {
  document.getElementById(opener)?.focus();
});

document.addEventListener("keydown", (event) => {
  const panel = event.target.closest("#account_word");
  if (event.key === "Escape" && document.querySelector("#account_word:not(:empty)")) {
    event.preventDefault();
    shut();
  } else if (panel && event.key === "Enter" && event.target.matches("textarea") && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    event.target.form.requestSubmit();
  }
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-close-word]") && !document.querySelector("main.narrow")) {
    event.preventDefault();
    shut();
    return;
  }
  const told = document.querySelector("#account_word.told");
  if (told && !told.contains(event.target)) {
    told.className = "word-panel";
    told.replaceChildren();
  }
});

window.addEventListener("resize", () => {
  const panel = document.querySelector("#account_word.open, #account_word.told");
  if (panel) place(panel);
});
