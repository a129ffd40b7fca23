import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { serve } from "../server/serve.js";
import { checkDirectory } from "./directory.js";
import { pooled } from "./pool.js";
import { terraform } from "./terraform.js";
import { configures, copyOf, directoriesOf, remove } from "./tree.js";

const TREE = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../..");

/** Checks the directories named (all, if none is) and tells the outcome line by line; gives the number of failures. */
export async function check(named) {
  const directories = named.length > 0 ? named.map(inTree) : directoriesOf(TREE);
  const copy = copyOf(TREE);
  const provider = await serve();
  cleanUpAtExit(copy, provider);
  const outcomes = [];
  const tell = (name, outcome) => {
    outcomes.push(outcome);
    console.log(line(name, outcome));
  };
  tell("fmt", await formatted(copy, named.length > 0 ? directories : ["."]));
  await pooled(directories, os.availableParallelism(), async (directory) => {
    tell(directory, await timed(() => checkDirectory(path.join(copy, directory), provider.reattach)));
  });
  const failures = outcomes.filter(({ ok }) => !ok).length;
  console.log(`${outcomes.length - failures} passed, ${failures} failed`);
  return failures;
}

// Also when someone interrupts the check.
function cleanUpAtExit(copy, provider) {
  process.once("exit", () => {
    provider.stop();
    remove(copy);
  });
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));
}

function inTree(named) {
  const directory = path.relative(TREE, path.resolve(named)) || ".";
  if (directory.startsWith("..") || !configures(path.join(TREE, directory))) {
    throw new Error(`${named}: not a directory of ${path.basename(TREE)}/ with .tf files in it`);
  }
  return directory;
}

async function formatted(copy, directories) {
  const args = ["fmt", "-check", "-diff", "-no-color", ...(directories[0] === "." ? ["-recursive"] : []), ...directories];
  const { ok, output } = await terraform(args, copy, "{}");
  return { ok, failed: "run `terraform fmt -recursive`", output };
}

async function timed(work) {
  const start = performance.now();
  const outcome = await work();
  return { ...outcome, seconds: ((performance.now() - start) / 1000).toFixed(1) };
}

function line(name, { ok, how, failed, output, seconds }) {
  if (!ok) return `FAILED ${name}: ${failed}\n${output.trim().replace(/^/gm, "    ")}`;
  return how ? `ok     ${name} (${how}, ${seconds} s)` : `ok     ${name}`;
}

process.exit((await check(process.argv.slice(2))) > 0 ? 1 : 0);
