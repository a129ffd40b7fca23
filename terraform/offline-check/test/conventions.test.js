import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { directoriesOf, isTested } from "../src/check/tree.js";

const TREE = fileURLToPath(new URL("../..", import.meta.url));
const RESOURCE = /^resource "(\w+)" "\w+" \{$/gm;

// The modules that grant in a whole project, and every role they name: no data in any.
const GRANTING = {
  "modules/event-trigger": ["pubsub.publisher"],
  "modules/identities": [
    "alloydb.client",
    "alloydb.databaseUser",
    "bigquery.jobUser",
    "cloudsql.client",
    "cloudsql.instanceUser",
    "eventarc.eventReceiver",
    "iam.serviceAccountOpenIdTokenCreator", // on one account
    "secretmanager.secretAccessor", // on one secret
    "serviceusage.serviceUsageConsumer",
  ],
};

const directories = directoriesOf(TREE);
const resources = directories.flatMap((directory) =>
  [...sources(directory).matchAll(RESOURCE)].map(([, type]) => ({ directory, type })),
);

describe("the Terraform code", () => {
  test("grants in a whole project in few places", () => {
    const places = resources.filter(({ type }) => type.startsWith("google_project_iam_")).map(({ directory }) => directory);
    assert.deepEqual(new Set(places), new Set(Object.keys(GRANTING)));
  });

  for (const [directory, roles] of Object.entries(GRANTING)) {
    test(`grants only what it must in ${directory}`, () => {
      const named = [...sources(directory).matchAll(/"(?:roles\/)?([a-z]+\.[a-zA-Z]+)"/g)].map(([, role]) => role);
      assert.deepEqual(new Set(named), new Set(roles));
    });
  }

  test("never takes grants away that others made", () => {
    assert.deepEqual(resources.filter(({ type }) => /_iam_(binding|policy)$/.test(type)), []);
  });

  test("names nothing at random", () => {
    assert.deepEqual(resources.filter(({ type }) => type.startsWith("random_")), []);
  });

  test("is tested in every directory", () => {
    assert.deepEqual(directories.filter((directory) => !isTested(path.join(TREE, directory))), []);
  });
});

function sources(directory) {
  const place = path.join(TREE, directory);
  const names = fs.readdirSync(place).filter((name) => name.endsWith(".tf"));
  return names.map((name) => fs.readFileSync(path.join(place, name), "utf8")).join("\n");
}
