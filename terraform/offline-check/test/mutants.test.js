import assert from "node:assert/strict";
import os from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { fixture } from "../mutants/fixture.js";
import { checkDirectory } from "../src/check/directory.js";
import { pooled } from "../src/check/pool.js";
import { copyOf, remove } from "../src/check/tree.js";
import { kill } from "../src/mutants/kill.js";
import { serve } from "../src/server/serve.js";

const TREE = fileURLToPath(new URL("../..", import.meta.url));

const WIDTH = os.availableParallelism();

suite("offline-check/fixture", [".", "modules/endpoint"], fixture);

function suite(root, directories, mutants) {
  describe(`mutants of ${root}`, { concurrency: WIDTH }, () => {
    let tree;
    let provider;
    before(async () => {
      tree = copyOf(TREE);
      provider = await serve();
      await pooled(directories, WIDTH, async (directory) => {
        const outcome = await checkDirectory(path.join(tree, root, directory), provider.reattach);
        assert.ok(outcome.ok, `without any mutant: ${directory}: ${outcome.output}`);
      });
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
