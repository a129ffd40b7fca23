import assert from "node:assert/strict";
import { test } from "node:test";
import { violations } from "../src/rules/rules.js";
import { schemas } from "../src/schema/schemas.js";
import { UNKNOWN } from "../src/server/values.js";
import { CASES } from "../cases/rules.js";

const { resource } = schemas();

// A configuration as Terraform sends it: what is not given is null, and blocks not given are empty lists.
function complete(block, given) {
  const names = [...block.attributes, ...block.blocks].map(({ name }) => name);
  const unknown = Object.keys(given).filter((name) => !names.includes(name));
  assert.deepEqual(unknown, [], "the case names arguments that do not exist");
  const attributes = block.attributes.map(({ name }) => [name, given[name] ?? null]);
  const blocks = block.blocks.map(({ name, nesting, block: inner }) => [name, completed(given[name], nesting, inner)]);
  return Object.fromEntries([...attributes, ...blocks]);
}

function completed(given, nesting, block) {
  if (given === undefined) return nesting === "single" ? null : [];
  if (given === UNKNOWN) return given;
  return [given].flat().map((item) => complete(block, item));
}

for (const { type, good, bad } of CASES) {
  const [, name] = /^(?:data\.)?(\w+)$/.exec(type);
  const found = (given) => violations(type, resource[name], complete(resource[name], given)).map(({ message }) => message);
  for (const given of good) {
    test(`${type} takes ${JSON.stringify(given)}`, () => assert.deepEqual(found(given), []));
  }
  for (const [given, ...expected] of bad) {
    test(`${type} refuses ${JSON.stringify(given)}`, () => {
      const messages = found(given);
      assert.equal(messages.length, 1, messages.join("\n"));
      for (const part of expected) assert.ok(messages[0].includes(part), messages[0]);
    });
  }
}

test("what is not known yet is not judged", () => {
  const config = complete(resource.google_pubsub_subscription, { name: UNKNOWN, push_config: UNKNOWN, ack_deadline_seconds: UNKNOWN });
  assert.deepEqual(violations("google_pubsub_subscription", resource.google_pubsub_subscription, config), []);
});

test("a path leads to the place of the value", () => {
  const config = complete(resource.google_pubsub_subscription, { dead_letter_policy: { max_delivery_attempts: 3 } });
  const [{ path }] = violations("google_pubsub_subscription", resource.google_pubsub_subscription, config);
  assert.deepEqual(path, ["dead_letter_policy", 0, "max_delivery_attempts"]);
});

test("a secret's value is not told", () => {
  const block = { attributes: [{ name: "password", allowed: ["a"] }], blocks: [] };
  const [{ message }] = violations("google_sql_user", block, { password: "swordfish" });
  assert.ok(message.startsWith("google_sql_user: password must be one of"), message);
});
