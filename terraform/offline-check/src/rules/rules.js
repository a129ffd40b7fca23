import { isSensitive } from "../schema/sensitive.js";
import { UNKNOWN } from "../server/values.js";
import { bigquery } from "./bigquery.js";
import { documented } from "./documented.js";
import { functions } from "./functions.js";
import { grants, iam } from "./iam.js";
import { logging } from "./logging.js";
import { monitoring } from "./monitoring.js";
import { at } from "./paths.js";
import { pubsub } from "./pubsub.js";
import { run } from "./run.js";
import { scheduler } from "./scheduler.js";
import { storage } from "./storage.js";
import { unconfigurable } from "./unconfigurable.js";

// By resource type: `arguments`, the check of each argument's value, and `whole`, functions of the configuration that give {path, wrong}.
const RULES = { ...bigquery, ...functions, ...iam, ...logging, ...monitoring, ...pubsub, ...run, ...scheduler, ...storage };

/** What is wrong with a configuration as far as it is known, beyond what the schema says: a list of {path, message}. */
export function violations(type, block, config) {
  if (config === null || config === UNKNOWN) return [];
  const rules = [grants(type), RULES[type]].filter(Boolean);
  const found = [
    ...documented(block, config),
    ...unconfigurable(block, config),
    ...rules.flatMap((rule) => checked(rule.arguments, config)),
    ...rules.flatMap((rule) => (rule.whole ?? []).flatMap((check) => check(config))),
  ];
  return found.map((place) => ({ path: place.path, message: `${type}: ${text(place.path)} ${described(type, place)}` }));
}

function checked(checks, config) {
  return Object.entries(checks).flatMap(([name, check]) =>
    at(config, name.split("."))
      .map((place) => ({ ...place, wrong: check(place.value) }))
      .filter(({ wrong }) => wrong),
  );
}

function described(type, { path, value, wrong }) {
  const secret = isSensitive(type, path.filter((step) => typeof step === "string").join("."));
  return value === undefined || secret ? wrong : `is ${shown(value)}: ${wrong}`;
}

function shown(value) {
  const text = JSON.stringify(value);
  return text.length <= 120 ? text : `${text.slice(0, 119)}…`;
}

function text(path) {
  return path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`))
    .join("")
    .replace(/^\./, "");
}
