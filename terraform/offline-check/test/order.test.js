import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { terraform } from "../src/check/terraform.js";
import { copyOf, remove } from "../src/check/tree.js";
import { serve } from "../src/server/serve.js";

const TREE = fileURLToPath(new URL("../..", import.meta.url));

// Without these a service's first revision could not start, or would refuse its first message.
const GRANTS = [
  "module.dead_letters.module.topic.google_pubsub_topic_iam_member.publisher",
  "module.identities.google_project_iam_member.this",
  "module.identities.google_secret_manager_secret_iam_member.this",
  "module.staging_bucket.google_storage_bucket_iam_member.this",
  "module.topic.google_pubsub_topic_iam_member.publisher",
  "module.warehouse.google_bigquery_dataset_iam_member.this",
];
const SERVICE = "module.service.google_cloud_run_v2_service.this";
const FUNCTION = "module.function.google_cloudfunctions2_function.this";
const CALLERS = ["module.service", "module.function"].map((module) => `${module}.google_cloud_run_v2_service_iam_member.caller`);
const DELIVERIES = [
  "module.subscription.google_pubsub_subscription.this",
  "module.message_trigger.google_eventarc_trigger.this",
  "module.object_trigger.google_eventarc_trigger.this",
];

// [what comes later, all that comes before it]
const ORDER = [
  [SERVICE, ["google_storage_bucket_object.table_file", "module.network.google_compute_subnetwork_iam_member.agent", ...GRANTS]],
  [FUNCTION, ["google_storage_bucket_object.table_file", ...GRANTS]],
  ...DELIVERIES.map((delivery) => [delivery, [SERVICE, FUNCTION, ...CALLERS]]),
  ["module.schedule.google_cloud_scheduler_job.this", DELIVERIES],
];

describe("an apply of the root", () => {
  let tree;
  let provider;
  let edges;

  before(async () => {
    tree = copyOf(TREE);
    provider = await serve();
    await terraform(["init", "-backend=false", "-no-color"], tree, provider.reattach);
    const { ok, output } = await terraform(["graph"], tree, provider.reattach);
    assert.ok(ok, output);
    edges = [...output.matchAll(/^\s*"(\S+)" -> "(\S+)";$/gm)].map(([, later, earlier]) => ({ later, earlier }));
  });
  after(() => {
    provider.stop();
    remove(tree);
  });

  for (const [later, earlier] of ORDER) {
    test(`comes late to ${later}`, () => {
      const before = ancestors(edges, later);
      assert.deepEqual(earlier.filter((resource) => !before.has(resource)), []);
    });
  }
});

function ancestors(edges, resource) {
  const found = new Set();
  const open = [resource];
  while (open.length > 0) {
    const next = open.pop();
    for (const { earlier } of edges.filter(({ later }) => later === next)) {
      if (!found.has(earlier)) open.push(earlier);
      found.add(earlier);
    }
  }
  return found;
}
