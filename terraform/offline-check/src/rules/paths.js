import { UNKNOWN } from "../server/values.js";

/** Every place that the names lead to, through however many blocks of a kind: {path, value}. Null and unknown values are left out. */
export function at(value, names, path = []) {
  if (value === null || value === undefined || value === UNKNOWN) return [];
  if (names.length === 0) return [{ path, value }];
  if (Array.isArray(value)) return value.flatMap((item, index) => at(item, names, [...path, index]));
  return at(value[names[0]], names.slice(1), [...path, names[0]]);
}
