import fs from "node:fs";
import path from "node:path";

/**
 * Puts a mutant into a copy of a tree and gives the directory it changed, relative to the tree. A mutant is {name, within, edit: [pattern,
 * replacement], refused}; its edit is made once, in the first file below `within` which the pattern fits.
 */
export function mutate(tree, { name, within, edit: [pattern, replacement] }) {
  const file = sources(path.join(tree, within)).find((candidate) => pattern.test(fs.readFileSync(candidate, "utf8")));
  if (!file) throw new Error(`the mutant "${name}" fits nothing in ${within || "."}: the code has changed, give it another edit`);
  const original = fs.readFileSync(file, "utf8");
  const mutated = original.replace(pattern, replacement);
  if (mutated === original) throw new Error(`the mutant "${name}" changes nothing`);
  fs.writeFileSync(file, mutated);
  return path.relative(tree, path.dirname(file)) || ".";
}

function sources(place) {
  if (fs.statSync(place).isFile()) return [place];
  const entries = fs.readdirSync(place, { withFileTypes: true });
  return entries
    .filter((entry) => entry.name.endsWith(".tf"))
    .map((entry) => path.join(place, entry.name))
    .sort();
}
