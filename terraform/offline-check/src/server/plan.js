import { isWriteOnly } from "../schema/sensitive.js";
import { UNKNOWN } from "./values.js";

/** What a change would give: what is configured, and unknown where the provider would decide. */
export function planned(block, prior, proposed) {
  if (proposed === null) return null;
  return prior === null ? fill(block, proposed, () => UNKNOWN) : proposed;
}

/** The state after a change or a read: no value unknown, made-up ones where the provider would have decided. */
export function known(block, value, prefix) {
  return value === null ? null : fill(block, value, (type, path) => madeUp(type, `${prefix}.${path}`), UNKNOWN);
}

function fill(block, value, computedValue, hole = null, path = "") {
  const filled = {};
  for (const { name, type, computed } of block.attributes) {
    const open = value[name] === null || value[name] === undefined || value[name] === hole;
    filled[name] = open && computed && !isWriteOnly(name) ? computedValue(type, path + name) : (value[name] ?? null);
    if (isWriteOnly(name)) filled[name] = null;
  }
  for (const { name, nesting, block: inner } of block.blocks) {
    const each = (item) => (item === null || item === UNKNOWN ? item : fill(inner, item, computedValue, hole, `${path}${name}.`));
    const nested = value[name] ?? (nesting === "single" ? null : []);
    filled[name] = Array.isArray(nested) ? nested.map(each) : each(nested);
  }
  return filled;
}

function madeUp(type, path) {
  if (type === "string") return path;
  if (type === "number") return 0;
  if (type === "bool") return false;
  return type[0] === "map" ? {} : [];
}
