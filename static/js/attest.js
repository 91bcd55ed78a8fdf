// My accounts by keyboard: j and k move from account to account, y ticks and goes on. All of it works without this.

const form = document.querySelector("[data-attest]");
const rows = [...(form?.querySelectorAll(".ask") ?? [])];
const tick = (row) => row.querySelector(".ask-ok input");
const count = form?.querySelector("[data-attest-count]");

function tell() {
  const ticked = rows.filter((row) => tick(row).checked).length;
  count.textContent = ticked ? `${ticked} of ${rows.length} ticked` : "";
}

function wanted() {
  try {
    return localStorage.getItem("keys") !== "off";
  } catch {
    return true;
  }
}

function go(step) {
  const here = rows.findIndex((row) => row.contains(document.activeElement));
  const row = rows[here < 0 ? 0 : here + step];
  (row ? tick(row) : form.querySelector("[type=submit]")).focus();
  row?.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  if (!form || typing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (document.querySelector("dialog[open]") || !wanted()) return;
  if (event.key === "j") go(1);
  else if (event.key === "k") go(-1);
  else if (event.key === "y") {
    const row = rows.find((each) => each.contains(document.activeElement)) ?? rows[0];
    tick(row).checked = true;
    tick(row).dispatchEvent(new Event("change", { bubbles: true }));
    tick(row).focus();
    go(1);
  } else return;
  event.preventDefault();
});

form?.addEventListener("change", tell);
if (form) {
  tell();
  form.querySelector("[data-attest-keys]").hidden = !wanted();
}
