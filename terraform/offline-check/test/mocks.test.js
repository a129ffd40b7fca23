import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import { schemas } from "../src/schema/schemas.js";

const MOCKS = fs.readFileSync(new URL("../mocks/google.tfmock.hcl", import.meta.url), "utf8");
const MOCK = /^mock_(resource|data) "(\w+)" \{\n {2}defaults = \{\n([\s\S]*?)^ {2}\}$/gm;

const all = schemas();

for (const [, kind, type, defaults] of MOCKS.matchAll(MOCK)) {
  test(`the mock of ${kind} ${type} has values for computed attributes`, () => {
    for (const [, name] of defaults.matchAll(/^ +(\w+) += /gm)) {
      const attribute = all[kind][type].attributes.find((candidate) => candidate.name === name);
      assert.ok(attribute?.computed, name);
    }
  });
}
