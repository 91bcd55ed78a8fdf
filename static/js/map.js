// The map: the evidence panel, arrow keys between marks, what a unit touches, and pictures as PNG files.

const near = (unit) => (mark) => (mark.dataset.unit || mark.dataset.ends || "").split(" ").includes(unit);

// The panel takes the focus when it opens and gives it back when it closes.
let opener = null;

function closePanel() {
  const panel = document.getElementById("map_panel");
  if (!panel || panel.hidden) return;
  panel.hidden = true;
  panel.replaceChildren();
  document.body.classList.remove("has-panel");
  if (opener && opener.isConnected) opener.focus();
  opener = null;
}

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.target.id !== "map_panel") return;
  const from = event.detail.elt;
  if (!from.closest("#map_panel")) opener = from;
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "map_page") closePanel();
  const panel = document.getElementById("map_panel");
  if (!panel || panel.hidden || event.detail.target.id !== "map_panel") return;
  document.body.classList.add("has-panel");
  if (opener && opener.isConnected) opener.scrollIntoView({ block: "nearest", inline: "nearest" });
  panel.querySelector("h2").focus();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-close-panel]")) closePanel();
});

// A picture of hundreds of links says once where they open; a click that asks for a new tab or window is the browser's.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-opens] a[href]");
  if (!link || link.closest("th, [data-goes]") || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const target = link.closest("[data-opens]").dataset.opens;
  htmx.ajax("GET", link.getAttribute("href"), { source: link, target, swap: "outerHTML" });
});

// Escape closes the panel; arrow keys go to the nearest mark in that direction.
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function middle(mark) {
  const box = mark.getBoundingClientRect();
  return [box.left + box.width / 2, box.top + box.height / 2];
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closePanel();
  const way = WAYS[event.key];
  const picture = event.target.closest("[data-arrows]");
  const here = event.target.closest("a");
  if (!way || !picture || !here) return;
  const [x, y] = middle(here);
  let best = null;
  let least = Infinity;
  for (const mark of picture.querySelectorAll("a[href]:not([tabindex='-1'])")) {
    const [dx, dy] = [middle(mark)[0] - x, middle(mark)[1] - y];
    const along = dx * way[0] + dy * way[1];
    if (mark === here || along < 2) continue;
    const far = along + 2 * Math.abs(dx * way[1] + dy * way[0]);
    if (far < least) [best, least] = [mark, far];
  }
  if (best) {
    event.preventDefault();
    best.focus();
  }
});

// A unit under the pointer, or with the focus: its own lines and neighbours stand out.
function point(event) {
  const unit = event.target.closest && event.target.closest("[data-unit]");
  for (const picture of document.querySelectorAll(".picture[data-arrows]")) {
    const marks = [...picture.querySelectorAll("[data-unit], [data-ends]")];
    picture.classList.toggle("is-pointed", Boolean(unit));
    const lines = unit ? marks.filter((mark) => mark.dataset.ends).filter(near(unit.dataset.unit)) : [];
    const touched = new Set(lines.flatMap((line) => line.dataset.ends.split(" ")));
    for (const mark of marks) {
      mark.classList.toggle("is-near", lines.includes(mark) || touched.has(mark.dataset.unit) || mark === unit);
    }
  }
}

for (const kind of ["pointerover", "focusin"]) document.addEventListener(kind, point);

// PNG: the picture's own file, drawn twice as large as it stands.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-png]");
  if (!button) return;
  const answer = await fetch(button.dataset.png);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(await answer.text())}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.naturalWidth * 2, image.naturalHeight * 2];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  const link = document.createElement("a");
  link.href = canvas.toDataURL("image/png");
  link.download = `${/filename="([^".]+)/.exec(answer.headers.get("Content-Disposition"))[1]}.png`;
  link.click();
});

for (const button of document.querySelectorAll("[data-png]")) button.hidden = false;
document.addEventListener("htmx:afterSettle", () => {
  for (const button of document.querySelectorAll("[data-png]")) button.hidden = false;
});
