// Makes static/icons.svg, which is committed: one symbol for each name below, from Tabler's outline icons (MIT).
// To add an icon, add its name here and run "npm run icons".
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const names = `
  adjustments affiliate alert-circle alert-triangle archive arrow-back-up arrow-down arrow-left arrow-right arrow-up
  at bell bookmark briefcase building building-community bulb calendar calendar-due chart-bar chart-dots chart-line chart-sankey check
  checkbox chevron-down chevron-left chevron-right chevron-up circle circle-check circle-dashed circle-off clock
  columns copy database-import device-desktop device-floppy dots download edit external-link eye eye-off
  file-spreadsheet file-text file-type-pdf filter flag folder git-merge grid-dots hierarchy hierarchy-2 history home
  hourglass id info-circle key language layout-grid layout-list link lock login logout mail map map-2 map-pin menu-2
  message message-circle minus moon network note paperclip pencil phone photo plus point printer question-mark refresh
  report repeat route row-insert-bottom scale search selector send settings share shield-check sitemap sort-ascending
  sort-descending sparkles speakerphone star sun table tag target topology-star-3 trash trending-down trending-up
  unlink upload user user-check user-off user-plus users users-group wand world x zoom-in zoom-out
`.trim().split(/\s+/);

const here = dirname(fileURLToPath(import.meta.url));
const outline = join(here, "..", "node_modules/@tabler/icons/icons/outline");

const symbols = names.map((name) => {
  const svg = readFileSync(join(outline, `${name}.svg`), "utf8");
  const shapes = svg
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/^[\s\S]*?<svg[\s\S]*?>/, "")
    .replace(/<\/svg>\s*$/, "")
    .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none" ?\/>/, "")
    .replace(/\s*\n\s*/g, "");
  return `<symbol id="${name}" viewBox="0 0 24 24">${shapes}</symbol>`;
});

writeFileSync(
  join(here, "icons.svg"),
  `<svg xmlns="http://www.w3.org/2000/svg"><!-- Tabler Icons, MIT, made by npm run icons -->\n${symbols.join("\n")}\n</svg>\n`,
);
