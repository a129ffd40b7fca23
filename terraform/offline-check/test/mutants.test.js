import assert from "node:assert/strict";
import os from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { deployment } from "../mutants/deployment.js";
import { fixture } from "../mutants/fixture.js";
import { checkDirectory, initialise } from "../src/check/directory.js";
import { pooled } from "../src/check/pool.js";
import { copyOf, directoriesOf, remove } from "../src/check/tree.js";
import { kill } from "../src/mutants/kill.js";
import { serve } from "../src/server/serve.js";

const TREE = fileURLToPath(new URL("../..", import.meta.url));

const WIDTH = os.availableParallelism();

suite("offline-check/fixture", ["."], fixture, async (directory, provider) => {
  const outcome = await checkDirectory(directory, provider.reattach);
  assert.ok(outcome.ok, `without any mutant: ${outcome.output}`);
});

// That the deployment itself passes is what check.sh shows.
suite(".", directoriesOf(TREE), deployment, async (directory, provider) => {
  const outcome = await initialise(directory, provider.reattach);
  assert.ok(outcome.ok, outcome.output);
});

function suite(root, directories, mutants, prepare) {
  describe(`mutants of ${root}`, { concurrency: WIDTH }, () => {
    let tree;
    let provider;
    before(async () => {
      tree = copyOf(TREE);
      provider = await serve();
      await pooled(directories, WIDTH, (directory) => prepare(path.join(tree, root, directory), provider));
    });
    after(() => {
      provider.stop();
      remove(tree);
    });

    for (const mutant of mutants) {
      test(mutant.name, async () => {
        const death = await kill(tree, root, mutant, provider.reattach);
        assert.ok(death, "it lives: neither validate nor test refuses it");
        assert.ok(death.words.includes(mutant.refused), `refused, but for another reason: ${death.words}`);
      });
    }
  });
}
