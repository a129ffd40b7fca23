import { given, places } from "./paths.js";

/** Arguments given a value although only the provider sets them. Terraform leaves this check to the provider. */
export function unconfigurable(block, config) {
  return inBlock(block, [{ path: [], value: config }]);
}

function inBlock(block, found) {
  return found.flatMap(({ path, value: config }) => [
    ...block.attributes
      .filter((attribute) => isComputedOnly(attribute, path) && given(config[attribute.name]) !== false)
      .map(({ name }) => ({ path: [...path, name], wrong: "must not be set: only the provider computes it" })),
    ...block.blocks.flatMap(({ name, block: inner }) => inBlock(inner, below(config, name, path))),
  ]);
}

function below(config, name, path) {
  return places(config, name).map((place) => ({ ...place, path: [...path, ...place.path] }));
}

// The `id` that every resource has is shown as optional, for historical reasons only.
function isComputedOnly({ name, computed, optional }, path) {
  return computed && (!optional || (name === "id" && path.length === 0));
}
