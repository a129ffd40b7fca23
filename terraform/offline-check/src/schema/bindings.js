import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

// The generated bindings are the only published copy of the provider's schema that a plain `npm ci` can fetch. Their JavaScript has lost
// the comments that state what is computed and what is required; the TypeScript in the inline source map still has them.
const require = createRequire(import.meta.url);
const PACKAGE = path.dirname(require.resolve("@cdktf/provider-google/package.json"));
const LIB = path.join(PACKAGE, "lib");
const MAP_MARK = "sourceMappingURL=data:application/json;base64,";

/** The npm version of the bindings, which fixes the version of the provider they were generated from. */
export const bindingsVersion = JSON.parse(fs.readFileSync(path.join(PACKAGE, "package.json"), "utf8")).version;

/** The names of all modules: one for each resource, each data source, and the provider itself. */
export function modules() {
  return fs
    .readdirSync(LIB, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** The TypeScript source of one module; the largest modules have their nested structures in files of their own. */
export function typescript(module) {
  const structs = path.join(LIB, module, "index-structs");
  const parts = fs.existsSync(structs) ? fs.readdirSync(structs).filter((name) => name.endsWith(".js")) : [];
  const files = [...parts.sort().map((name) => path.join(structs, name)), path.join(LIB, module, "index.js")];
  return files.map(sourceOf).join("\n");
}

function sourceOf(file) {
  const javascript = fs.readFileSync(file, "utf8");
  const at = javascript.lastIndexOf(MAP_MARK);
  if (at < 0) {
    throw new Error(`${path.relative(PACKAGE, file)}: no inline source map in bindings ${bindingsVersion}: is this another version?`);
  }
  const map = JSON.parse(Buffer.from(javascript.slice(at + MAP_MARK.length), "base64").toString("utf8"));
  return map.sourcesContent.join("\n");
}
