// Copies what pages need from node_modules to static/vendor. No bundler: what npm ships is what is served.
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "..", "node_modules");
const vendor = join(here, "vendor");

rmSync(vendor, { recursive: true, force: true });

// Style sheets lose their source map comment: the map is not served, and a manifest of hashed names would look for it.
function copyStyles(from, to) {
  const text = readFileSync(join(modules, from), "utf8");
  mkdirSync(dirname(join(vendor, to)), { recursive: true });
  writeFileSync(join(vendor, to), text.replace(/\n?\/\*# sourceMappingURL=.*?\*\/\s*$/, "\n"));
}

copyStyles("@tabler/core/dist/css/tabler.min.css", "tabler/tabler.min.css");

copyStyles("@fontsource-variable/inter/opsz.css", "inter/inter.css");
mkdirSync(join(vendor, "inter/files"), { recursive: true });
for (const file of readdirSync(join(modules, "@fontsource-variable/inter/files"))) {
  if (file.endsWith("-opsz-normal.woff2")) {
    cpSync(join(modules, "@fontsource-variable/inter/files", file), join(vendor, "inter/files", file));
  }
}
cpSync(join(modules, "@fontsource-variable/inter/LICENSE"), join(vendor, "inter/LICENSE"));
