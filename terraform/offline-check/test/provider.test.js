import assert from "node:assert/strict";
import { test } from "node:test";
import { encode, ExtData } from "@msgpack/msgpack";
import { schemas } from "../src/schema/schemas.js";
import { SENSITIVE } from "../src/schema/sensitive.js";
import { provider } from "../src/server/provider.js";
import { fromWire, toWire, UNKNOWN } from "../src/server/values.js";

const all = schemas();
const handlers = provider(all);
const type_name = "google_storage_bucket";
const soft = { effective_time: null, retention_duration_seconds: 0 };
const configured = { name: "staging", location: "EU", url: null, soft_delete_policy: [soft], lifecycle_rule: UNKNOWN };

function plan(prior, proposed) {
  const { state } = handlers.PlanResourceChange({ type_name, prior_state: toWire(prior), new_state: toWire(proposed) });
  return fromWire(state);
}

test("unknown values travel, refined or not", () => {
  assert.deepEqual(fromWire(toWire({ a: UNKNOWN, b: [UNKNOWN, 1, "x", true, null] })), { a: UNKNOWN, b: [UNKNOWN, 1, "x", true, null] });
  assert.equal(fromWire({ msgpack: encode(new ExtData(12, encode({ 1: false }))) }), UNKNOWN);
  assert.deepEqual(fromWire({ msgpack: Buffer.alloc(0), json: Buffer.from('{"a":1}') }), { a: 1 });
  assert.equal(fromWire(null), null);
});

test("a planned creation knows what is configured and nothing that is computed", () => {
  const planned = plan(null, configured);
  assert.equal(planned.name, "staging");
  assert.equal(planned.url, UNKNOWN);
  assert.equal(planned.id, UNKNOWN);
  assert.equal(planned.storage_class, null);
  assert.equal(planned.lifecycle_rule, UNKNOWN);
  assert.deepEqual(planned.soft_delete_policy, [{ effective_time: UNKNOWN, retention_duration_seconds: 0 }]);
  assert.deepEqual(planned.cors, []);
  assert.equal(planned.timeouts, null);
});

test("a planned change keeps what was computed, and a planned removal is nothing", () => {
  assert.deepEqual(plan({ url: "gs://staging" }, { url: "gs://staging", name: "other" }), { url: "gs://staging", name: "other" });
  assert.equal(plan({ url: "gs://staging" }, null), null);
});

test("after an apply everything is known", () => {
  const planned = plan(null, { ...configured, lifecycle_rule: [] });
  const { state } = handlers.ApplyResourceChange({ type_name, new_state: toWire(planned) });
  assert.equal(JSON.stringify(fromWire(state)).includes('"unknown"'), false);
  assert.equal(fromWire(state).url, "google_storage_bucket.url");
  assert.deepEqual(fromWire(state).effective_labels, {});
  assert.equal(fromWire(state).project_number, 0);
});

test("a write-only argument is in no state", () => {
  const secret = "google_secret_manager_secret_version";
  const planned = handlers.PlanResourceChange({ type_name: secret, prior_state: toWire(null), new_state: toWire({ secret_data_wo: "s" }) });
  assert.equal(fromWire(planned.state).secret_data_wo, null);
});

test("a data source is read whole", () => {
  const { state } = handlers.ReadDataSource({ type_name: "google_project", config: toWire({ project_id: "p", number: null }) });
  assert.equal(fromWire(state).project_id, "p");
  assert.equal(fromWire(state).number, "data.google_project.number");
});

test("secrets are sensitive and write-only arguments are write-only in the schema", () => {
  const { attributes } = handlers.GetProviderSchema().resource_schemas.google_secret_manager_secret_version.block;
  const named = (name) => attributes.find((attribute) => attribute.name === name);
  assert.equal(named("secret_data").sensitive, true);
  assert.equal(named("secret_data_wo").write_only, true);
  assert.equal(named("enabled").sensitive, false);
  const [token] = handlers.GetProviderSchema().data_source_schemas.google_service_account_access_token.block.attributes;
  assert.deepEqual([token.name, token.sensitive], ["access_token", true]);
});

test("every sensitive attribute exists", () => {
  for (const [type, paths] of Object.entries(SENSITIVE)) {
    const block = type.startsWith("data.") ? all.data[type.slice("data.".length)] : all.resource[type];
    for (const path of paths) assert.ok(attributeAt(block, path.split(".")), `${type}.${path}`);
  }
});

function attributeAt(block, [name, ...rest]) {
  if (rest.length === 0) return block.attributes.find((attribute) => attribute.name === name);
  return attributeAt(block.blocks.find((nested) => nested.name === name).block, rest);
}

test("what is wrong comes with the place of the value", () => {
  const { diagnostics } = handlers.ValidateResourceConfig({
    type_name: "google_pubsub_subscription",
    config: toWire({ dead_letter_policy: [{ max_delivery_attempts: 3 }] }),
  });
  assert.equal(diagnostics.length, 1);
  assert.equal(diagnostics[0].severity, "ERROR");
  assert.deepEqual(diagnostics[0].attribute.steps, [
    { attribute_name: "dead_letter_policy" },
    { element_key_int: 0 },
    { attribute_name: "max_delivery_attempts" },
  ]);
});
