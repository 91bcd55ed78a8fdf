// Dragging a department onto another one moves it there. Its own page does the same by keyboard and without a script.
const form = document.getElementById("tree-move");
let dragged = null;

function place(event) {
  const found = event.target.closest?.("#department_tree [data-department]");
  return dragged && found && found !== dragged && !dragged.parentElement.contains(found) ? found : null;
}

function mark(over) {
  for (const each of document.querySelectorAll(".drop-here")) each.classList.remove("drop-here");
  over?.classList.add("drop-here");
}

function end() {
  mark(null);
  dragged?.classList.remove("dragged");
  dragged = null;
}

if (form) {
  document.addEventListener("dragstart", (event) => {
    const node = event.target.closest?.("#department_tree .node[data-department]");
    if (!node) return;
    dragged = node;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", node.dataset.department);
    setTimeout(() => dragged?.classList.add("dragged")); // after the browser took its picture of it
  });
  document.addEventListener("dragover", (event) => {
    const over = place(event);
    mark(over);
    if (over) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    const over = place(event);
    if (!over) return;
    event.preventDefault();
    form.action = form.dataset.action.replace("dragged-one", dragged.dataset.department);
    form.elements.parent.value = over.dataset.department;
    form.elements.version.value = dragged.dataset.version;
    form.submit();
  });
  document.addEventListener("dragend", end);
}
