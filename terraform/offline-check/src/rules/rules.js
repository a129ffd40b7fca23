import { UNKNOWN } from "../server/values.js";
import { documented } from "./documented.js";
import { at } from "./paths.js";

// By type (`data.` before a data source's): by argument, the checks of its value. Each check gives what is wrong with a value, or nothing.
const RULES = {};

/** What is wrong with a configuration as far as it is known: a list of {path, message}. */
export function violations(type, block, config) {
  if (config === null || config === UNKNOWN) return [];
  const checks = Object.entries(RULES[type] ?? {});
  const own = checks.flatMap(([argument, check]) => at(config, argument.split(".")).flatMap((place) => violation(place, check)));
  return [...documented(block, config), ...own].map(({ path, wrong }) => ({ path, message: `${type}: ${text(path)} ${wrong}` }));
}

function violation({ path, value }, check) {
  const wrong = check(value);
  return wrong ? [{ path, wrong }] : [];
}

function text(path) {
  return path.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join("").slice(1);
}
