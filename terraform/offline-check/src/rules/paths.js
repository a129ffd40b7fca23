import { UNKNOWN } from "../server/values.js";

/** Every place that the names lead to, through however many blocks of a kind: {path, value}. Null and unknown values are left out. */
export function at(value, names, path = []) {
  if (value === null || value === undefined || value === UNKNOWN) return [];
  if (names.length === 0) return [{ path, value }];
  if (Array.isArray(value)) return value.flatMap((item, index) => at(item, names, [...path, index]));
  return at(value[names[0]], names.slice(1), [...path, names[0]]);
}

/** Whether an argument or block is given: true, false, or undefined where that is not known yet. */
export function given(value) {
  if (value === UNKNOWN) return undefined;
  return Array.isArray(value) ? value.length > 0 : value !== null && value !== undefined;
}

/** A rule that exactly one of several arguments or blocks is given, in every block that the names lead to. */
export function exactlyOne(names, ...choices) {
  return counted(names, choices, (count) => count === 1, "exactly one");
}

export function atMostOne(names, ...choices) {
  return counted(names, choices, (count) => count <= 1, "at most one");
}

function counted(names, choices, right, words) {
  return (config) =>
    places(config, names).flatMap(({ path, value }) => {
      const states = choices.map((choice) => given(value[choice]));
      const open = states.includes(undefined);
      const count = states.filter(Boolean).length;
      return open || right(count) ? [] : [{ path, wrong: `has ${count} of ${choices.join(", ")}: must have ${words}` }];
    });
}

/** Every block that the dotted name leads to; the empty name is the configuration itself. */
export function places(config, name) {
  const found = at(config, name === "" ? [] : name.split("."));
  return found.flatMap(({ path, value }) => (Array.isArray(value) ? items(path, value) : [{ path, value }]));
}

function items(path, blocks) {
  return blocks.map((item, index) => ({ path: [...path, index], value: item })).filter((place) => given(place.value));
}
