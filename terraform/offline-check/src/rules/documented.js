import { at } from "./paths.js";

/** Values outside the enums which the provider's documentation gives as "Possible values". */
export function documented(block, config, names = []) {
  const here = block.attributes.filter(({ allowed }) => allowed).flatMap((attribute) => outside(attribute, config, names));
  return [...here, ...block.blocks.flatMap((nested) => documented(nested.block, config, [...names, nested.name]))];
}

// The empty string stands for "not set" in all of the provider's enums.
function outside({ name, allowed }, config, names) {
  return at(config, [...names, name])
    .flatMap(elements)
    .filter(({ value }) => typeof value === "string" && value !== "" && !allowed.includes(value))
    .map(({ path, value }) => ({ path, value, wrong: `must be one of ${allowed.join(", ")}` }));
}

function elements({ path, value }) {
  return Array.isArray(value) ? value.map((item, index) => ({ path: [...path, index], value: item })) : [{ path, value }];
}
