import path from "node:path";
import { checkInitialised } from "../check/directory.js";
import { copyOf, remove } from "../check/tree.js";
import { mutate } from "./mutate.js";

/**
 * Checks a mutant in a copy of a tree whose directories are initialised: first the directory with the fault alone, then the whole as the root
 * directory sees it. Gives the step that refused it and Terraform's words on one line, or nothing if it lives.
 */
export async function kill(tree, root, mutant, reattach) {
  const copy = copyOf(tree, []);
  try {
    const changed = mutate(path.join(copy, root), mutant);
    for (const directory of new Set([changed, "."])) {
      const only = directory === "." && mutant.tests ? [mutant.tests] : [];
      const outcome = await checkInitialised(path.join(copy, root, directory), reattach, only);
      if (!outcome.ok) return { step: outcome.failed, words: outcome.output.replace(/[\s│]+/g, " ") };
    }
    return undefined;
  } finally {
    remove(copy);
  }
}
