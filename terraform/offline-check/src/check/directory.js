import fs from "node:fs";
import path from "node:path";
import { terraform } from "./terraform.js";
import { isTested } from "./tree.js";

const PLAN_ONLY = `# Made for the check: this directory has no test, and only a plan looks into dynamic blocks and behind module outputs.
mock_provider "google" {}

run "plan" {
  command = plan
}
`;

/** Initialises, validates and tests one directory of a copied tree: {ok, tests, failed: the step, output}. */
export async function checkDirectory(directory, reattach) {
  const init = await terraform(["init", "-backend=false", "-no-color"], directory, reattach);
  return init.ok ? checkInitialised(directory, reattach) : { ok: false, failed: "init", output: init.output };
}

/** The same for a directory that was initialised before. */
export async function checkInitialised(directory, reattach) {
  const validate = await terraform(["validate", "-no-color"], directory, reattach);
  if (!validate.ok) return { ok: false, failed: "validate", output: validate.output };
  const tested = isTested(directory);
  if (!tested) fs.writeFileSync(path.join(directory, "offline-plan.tftest.hcl"), PLAN_ONLY);
  const test = await terraform(["test", "-no-color"], directory, reattach);
  const tests = Number(/Success! (\d+) passed/.exec(test.output)?.[1] ?? 0);
  return test.ok && tests > 0 ? { ok: true, tests, planned: !tested } : { ok: false, failed: "test", output: test.output };
}
