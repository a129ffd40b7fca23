import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { directoriesOf } from "../src/check/tree.js";

const CHECK = fileURLToPath(new URL("../check.sh", import.meta.url));
const FIXTURE = fileURLToPath(new URL("../fixture", import.meta.url));

let tools;
before(() => {
  tools = fs.mkdtempSync(path.join(os.tmpdir(), "offline-check-tools-"));
  for (const name of ["bash", "dirname", "node", "npm"]) fs.symlinkSync(which(name), path.join(tools, name));
});
after(() => fs.rmSync(tools, { recursive: true }));

function which(name) {
  return spawnSync("bash", ["-c", `command -v ${name}`], { encoding: "utf8" }).stdout.trim();
}

function check(args, environment) {
  return spawnSync(CHECK, args, { encoding: "utf8", env: { ...process.env, CI: "", ...environment } });
}

test("without terraform the check is skipped, saying why", () => {
  const { status, stdout } = check([], { PATH: tools });
  assert.equal(status, 0);
  assert.match(stdout, /^SKIPPED: .* because terraform is not on the PATH; install Terraform/);
});

test("without terraform the check fails in CI, saying what to install", () => {
  const { status, stderr } = check([], { PATH: tools, CI: "true" });
  assert.equal(status, 1);
  assert.match(stderr, /^FAILED: .* because terraform is not on the PATH; install Terraform/);
});

test("a directory is checked in one line, whatever the caller's Terraform settings, and nothing is left in it", () => {
  const { status, stdout } = check([FIXTURE], { TF_CLI_ARGS: "-no-such-flag", TF_DATA_DIR: "/nowhere" });
  assert.equal(status, 0, stdout);
  assert.match(stdout, /^ok {5}fmt\nok {5}offline-check\/fixture \(tested, 2 passed, .* s\)\n2 passed, 0 failed\n$/);
  assert.deepEqual(fs.readdirSync(FIXTURE).sort(), ["main.tf", "modules", "tests", "versions.tf"]);
});

test("a directory without Terraform code is refused by name", () => {
  const { status, stderr } = check([path.dirname(CHECK)], {});
  assert.equal(status, 1);
  assert.match(stderr, /offline-check: not a directory of terraform\/ with \.tf files in it/);
});

test("the root, the modules and the examples are found", () => {
  const tree = fs.mkdtempSync(path.join(os.tmpdir(), "offline-check-tree-"));
  for (const directory of ["", "modules/one", "modules/empty", "examples/two", "other/three"]) {
    fs.mkdirSync(path.join(tree, directory), { recursive: true });
    if (directory !== "modules/empty") fs.writeFileSync(path.join(tree, directory, "main.tf"), "");
  }
  assert.deepEqual(directoriesOf(tree), [".", "modules/one", "examples/two"]);
  fs.rmSync(tree, { recursive: true });
});
