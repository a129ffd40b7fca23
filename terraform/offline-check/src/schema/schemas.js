import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { bindingsVersion, modules, typescript } from "./bindings.js";
import { schemaOf } from "./schema.js";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const CACHE = path.join(HERE, "..", "..", "node_modules", ".cache", "offline-check");

/** All schemas: {provider, resource: {type: block}, data: {type: block}}. Reading them takes seconds once, then milliseconds. */
export function schemas() {
  const file = path.join(CACHE, `schemas-${bindingsVersion}-${ownHash()}.json`);
  if (fs.existsSync(file)) return JSON.parse(fs.readFileSync(file, "utf8"));
  const read = extract();
  fs.mkdirSync(CACHE, { recursive: true });
  // Renamed into place, since several processes may fill the cache at once.
  const draft = `${file}.${process.pid}`;
  fs.writeFileSync(draft, JSON.stringify(read));
  fs.renameSync(draft, file);
  return read;
}

function extract() {
  const all = { provider: undefined, resource: {}, data: {} };
  for (const module of modules()) {
    const { kind, type, block } = schemaOf(typescript(module));
    if (kind === "provider") all.provider = block;
    else all[kind][type] = block;
  }
  return all;
}

// A change of the extraction must not meet the results of an older one.
function ownHash() {
  const hash = crypto.createHash("sha256");
  for (const name of ["bindings.js", "source.js", "schema.js"]) hash.update(fs.readFileSync(path.join(HERE, name)));
  return hash.digest("hex").slice(0, 12);
}
