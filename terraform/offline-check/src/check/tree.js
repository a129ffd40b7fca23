import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const LEFT_OUT = ["node_modules", ".terraform"];

/** A copy of a tree in a new temporary directory, so that Terraform leaves nothing behind in the tree itself. */
export function copyOf(tree, leftOut = LEFT_OUT) {
  const copy = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "offline-check-tree-")), path.basename(tree));
  fs.cpSync(tree, copy, { recursive: true, filter: (source) => !leftOut.includes(path.basename(source)) });
  return copy;
}

export function remove(copy) {
  fs.rmSync(path.dirname(copy), { recursive: true, force: true });
}

/** The directories to check, relative to the tree: the root, every module and every example. */
export function directoriesOf(tree) {
  const below = ["modules", "examples"].flatMap((parent) => children(tree, parent));
  return [".", ...below].filter((directory) => configures(path.join(tree, directory)));
}

function children(tree, parent) {
  const directory = path.join(tree, parent);
  if (!fs.existsSync(directory)) return [];
  const entries = fs.readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return entries.map((entry) => path.join(parent, entry.name)).sort();
}

export function configures(directory) {
  return fs.existsSync(directory) && fs.readdirSync(directory).some((name) => name.endsWith(".tf"));
}

/** Whether a directory brings tests of its own. */
export function isTested(directory) {
  return [directory, path.join(directory, "tests")].some(
    (place) => fs.existsSync(place) && fs.readdirSync(place).some((name) => /\.tftest\.(hcl|json)$/.test(name)),
  );
}

export function isModule(directory) {
  return path.basename(path.dirname(directory)) === "modules";
}
