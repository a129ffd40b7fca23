import assert from "node:assert/strict";
import { test } from "node:test";
import { modules } from "../src/schema/bindings.js";
import { schemas } from "../src/schema/schemas.js";

// Facts read by hand in the provider's documentation, as [kind, type, argument, what is expected of it].
const ATTRIBUTES = [
  ["resource", "google_pubsub_subscription", "name", { type: "string", required: true, optional: false, computed: false }],
  ["resource", "google_pubsub_subscription", "ack_deadline_seconds", { type: "number", optional: true, computed: true }],
  ["resource", "google_pubsub_subscription", "enable_message_ordering", { type: "bool", optional: true, computed: false }],
  ["resource", "google_pubsub_subscription", "labels", { type: ["map", "string"], optional: true, computed: false }],
  ["resource", "google_pubsub_subscription", "effective_labels", { type: ["map", "string"], optional: false, computed: true }],
  ["resource", "google_pubsub_subscription", "push_config.push_endpoint", { type: "string", required: true }],
  ["resource", "google_pubsub_subscription", "push_config.attributes", { type: ["map", "string"], optional: true }],
  ["resource", "google_pubsub_subscription", "push_config.oidc_token.service_account_email", { type: "string", required: true }],
  ["resource", "google_pubsub_subscription", "push_config.oidc_token.audience", { type: "string", optional: true }],
  ["resource", "google_pubsub_subscription", "expiration_policy.ttl", { type: "string", required: true }],
  ["resource", "google_cloud_run_v2_service", "template.containers.image", { type: "string", required: true }],
  ["resource", "google_cloud_run_v2_service", "template.containers.args", { type: ["list", "string"], optional: true }],
  ["resource", "google_cloud_run_v2_service", "template.containers.resources.limits", { type: ["map", "string"], computed: true }],
  ["resource", "google_cloud_run_v2_service", "template.containers.resources.cpu_idle", { type: "bool", optional: true }],
  ["resource", "google_cloud_run_v2_service", "uri", { type: "string", required: false, optional: false, computed: true }],
  ["resource", "google_storage_bucket", "url", { type: "string", required: false, optional: false, computed: true }],
  ["resource", "google_storage_bucket", "location", { type: "string", required: true }],
  ["resource", "google_storage_bucket", "custom_placement_config.data_locations", { type: ["set", "string"], required: true }],
  ["resource", "google_storage_bucket", "lifecycle_rule.condition.matches_prefix", { type: ["list", "string"], optional: true }],
  ["resource", "google_storage_bucket", "lifecycle_rule.condition.with_state", { optional: true, computed: true }],
  ["resource", "google_storage_bucket", "retention_policy.retention_period", { type: "number", required: true }],
  ["resource", "google_storage_notification", "event_types", { type: ["set", "string"], optional: true }],
  ["resource", "google_project_iam_custom_role", "permissions", { type: ["set", "string"], required: true }],
  ["resource", "google_service_account", "email", { type: "string", optional: false, computed: true }],
  ["data", "google_project", "number", { type: "string", required: false, optional: false, computed: true }],
  ["data", "google_project", "project_id", { type: "string", optional: true, computed: false }],
];

const BLOCKS = [
  ["resource", "google_pubsub_subscription", "push_config", { nesting: "list", min: 0, max: 1 }],
  ["resource", "google_pubsub_subscription", "push_config.oidc_token", { nesting: "list", min: 0, max: 1 }],
  ["resource", "google_pubsub_subscription", "timeouts", { nesting: "single" }],
  ["resource", "google_cloud_run_v2_service", "template", { nesting: "list", min: 1, max: 1 }],
  ["resource", "google_cloud_run_v2_service", "template.containers", { nesting: "list", min: 0, max: 0 }],
  ["resource", "google_cloud_run_v2_service", "template.containers.env", { nesting: "set", min: 0, max: 0 }],
  ["resource", "google_storage_bucket", "lifecycle_rule", { nesting: "list", min: 0, max: 0 }],
  ["resource", "google_storage_bucket", "lifecycle_rule.action", { nesting: "set", min: 1, max: 1 }],
  ["resource", "google_storage_bucket", "lifecycle_rule.condition", { nesting: "set", min: 1, max: 1 }],
  ["resource", "google_bigquery_dataset", "access", { nesting: "set", min: 0, max: 0 }],
  ["resource", "google_monitoring_alert_policy", "conditions", { nesting: "list", min: 1, max: 0 }],
];

const all = schemas();

function found(kind, type, argument, list) {
  const names = argument.split(".");
  const last = names.pop();
  const block = names.reduce((outer, name) => outer.blocks.find((nested) => nested.name === name).block, all[kind][type]);
  return block[list].find(({ name }) => name === last);
}

for (const [kind, type, argument, expected] of ATTRIBUTES) {
  test(`${kind} ${type}: attribute ${argument}`, () => {
    for (const [key, value] of Object.entries(expected)) {
      assert.deepEqual(found(kind, type, argument, "attributes")[key], value, key);
    }
  });
}

for (const [kind, type, argument, expected] of BLOCKS) {
  test(`${kind} ${type}: block ${argument}`, () => {
    for (const [key, value] of Object.entries(expected)) {
      assert.equal(found(kind, type, argument, "blocks")[key], value, key);
    }
  });
}

test("every module gives a schema", () => {
  assert.equal(Object.keys(all.resource).length + Object.keys(all.data).length + 1, modules().length);
  assert.equal(Object.keys(all.resource).length, 1096);
  assert.equal(Object.keys(all.data).length, 373);
});

test("the documented enums are read", () => {
  assert.deepEqual(found("resource", "google_cloud_run_v2_service", "template.vpc_access.egress", "attributes").allowed, [
    "ALL_TRAFFIC",
    "PRIVATE_RANGES_ONLY",
  ]);
});

test("the provider's own arguments are read", () => {
  assert.equal(all.provider.attributes.find(({ name }) => name === "project").type, "string");
  assert.equal(all.provider.blocks.find(({ name }) => name === "batching").block.attributes.length, 2);
});
