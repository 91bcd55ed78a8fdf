// A field beside a list of lines: what is chosen or typed there becomes a line. Without this script the lines are typed.

function add(input) {
  const lines = document.getElementById(input.dataset.addsTo);
  const said = input.value.trim();
  if (!lines || !said) return;
  const kept = lines.value.split("\n").map((line) => line.trim()).filter(Boolean);
  if (!kept.includes(said)) {
    lines.value = [...kept, said].join("\n");
    lines.dispatchEvent(new Event("input", { bubbles: true }));
    lines.dispatchEvent(new Event("change", { bubbles: true }));
  }
  input.value = "";
  document.getElementById(`${lines.id}-names`)?.replaceChildren();
  const announcer = document.getElementById("announcer");
  if (announcer) announcer.textContent = `${said} is in the list.`;
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches?.("[data-adds-to]")) return;
  event.preventDefault();
  add(event.target);
});

// Chosen with the mouse or left with a name that was offered: the browser says both as a change.
document.addEventListener("change", (event) => {
  const input = event.target;
  if (!input.matches?.("[data-adds-to]")) return;
  event.stopPropagation();
  if ([...(input.list?.options ?? [])].some((each) => each.value === input.value.trim())) add(input);
}, true);

document.addEventListener("input", (event) => {
  const input = event.target;
  if (input.matches?.("[data-adds-to]") && event.inputType === "insertReplacementText") add(input);
});
