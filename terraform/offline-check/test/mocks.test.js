import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import { schemas } from "../src/schema/schemas.js";

const MOCKS = fs.readFileSync(new URL("../mocks/google.tfmock.hcl", import.meta.url), "utf8");
const MOCK = /^mock_(resource|data) "(\w+)" \{\n {2}defaults = \{\n([\s\S]*?)^ {2}\}$/gm;

const all = schemas();

for (const [, kind, type, defaults] of MOCKS.matchAll(MOCK)) {
  test(`the mock of ${kind} ${type} has values for computed attributes`, () => {
    const open = [all[kind][type]];
    for (const [, name, nested, end] of defaults.matchAll(/^ +(?:(\w+) += (\{$)?|(\}$))/gm)) {
      const block = open.at(-1);
      if (end) open.pop();
      else if (nested) open.push(block.blocks.find((candidate) => candidate.name === name)?.block);
      else assert.ok(block?.attributes.find((candidate) => candidate.name === name)?.computed, name);
    }
  });
}

test("the mocks are found", () => {
  assert.ok([...MOCKS.matchAll(MOCK)].length > 10);
});
