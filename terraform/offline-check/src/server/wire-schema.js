import { isSensitive, isWriteOnly } from "../schema/sensitive.js";

const NESTING = { single: "SINGLE", list: "LIST", set: "SET" };

/** A schema in the protocol's form. */
export function wireSchema(type, block) {
  return { version: 0, block: wireBlock(type, block, "") };
}

function wireBlock(type, block, prefix) {
  return {
    attributes: block.attributes.map((attribute) => wireAttribute(type, attribute, prefix)),
    block_types: block.blocks.map(({ name, nesting, min, max, block: inner }) => ({
      type_name: name,
      nesting: NESTING[nesting],
      min_items: min,
      max_items: max,
      block: wireBlock(type, inner, `${prefix}${name}.`),
    })),
  };
}

function wireAttribute(type, { name, type: cty, required, optional, computed }, prefix) {
  return {
    name,
    type: Buffer.from(JSON.stringify(cty)),
    required,
    optional,
    computed,
    sensitive: isSensitive(type, prefix + name),
    write_only: isWriteOnly(name),
  };
}
