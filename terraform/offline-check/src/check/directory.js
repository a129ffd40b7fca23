import fs from "node:fs";
import path from "node:path";
import { terraform } from "./terraform.js";
import { isModule, isTested } from "./tree.js";

const PLAN_ONLY = `# Made for the check: this directory has no test, and only a plan looks into dynamic blocks and behind module outputs.
mock_provider "google" {}

run "plan" {
  command = plan
}
`;

/** Initialises, validates and tests one directory of a copied tree: {ok, how, failed: the step, output}. */
export async function checkDirectory(directory, reattach) {
  const init = await initialise(directory, reattach);
  return init.ok ? checkInitialised(directory, reattach) : { ok: false, failed: "init", output: init.output };
}

export function initialise(directory, reattach) {
  return terraform(["init", "-backend=false", "-no-color"], directory, reattach);
}

/**
 * The same for a directory that was initialised before, with all its tests or only one file of them. A module without a test of its own is
 * left to the tests of what uses it.
 */
export async function checkInitialised(directory, reattach, only = []) {
  const validate = await terraform(["validate", "-no-color"], directory, reattach);
  if (!validate.ok) return { ok: false, failed: "validate", output: validate.output };
  if (isTested(directory)) return test(directory, reattach, "tested", only);
  if (isModule(directory)) return { ok: true, how: "validated, no test of its own" };
  fs.writeFileSync(path.join(directory, "offline-plan.tftest.hcl"), PLAN_ONLY);
  return test(directory, reattach, "planned, no test of its own");
}

async function test(directory, reattach, how, only = []) {
  const filters = only.map((file) => `-filter=${file}`);
  const { ok, output } = await terraform(["test", "-no-color", ...filters], directory, reattach);
  const passed = Number(/Success! (\d+) passed/.exec(output)?.[1] ?? 0);
  return ok && passed > 0 ? { ok, how: `${how}, ${passed} passed` } : { ok: false, failed: "test", output };
}
