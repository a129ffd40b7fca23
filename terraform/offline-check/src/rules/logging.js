import { filled, matching } from "./checks.js";
import { given, places } from "./paths.js";

export const logging = {
  google_logging_metric: {
    arguments: {
      filter: filled,
      name: matching(/^[\w\-.,+!*',()%/]{1,100}$/, "at most 100 letters, digits and _-.,+!*',()%/"),
      value_extractor: matching(/^(REGEXP_)?EXTRACT\(/, "EXTRACT(..) or REGEXP_EXTRACT(..)"),
    },
    whole: [kind, labelled, extracted],
  },
};

// Metrics made from logs count what came, or sort it into a distribution.
function kind(config) {
  return places(config, "metric_descriptor").flatMap(({ path, value }) => [
    ...misfit(path, value, "metric_kind", ["DELTA"]),
    ...misfit(path, value, "value_type", ["INT64", "DISTRIBUTION"]),
  ]);
}

function misfit(path, descriptor, name, allowed) {
  const value = descriptor[name];
  if (typeof value !== "string" || allowed.includes(value)) return [];
  return [{ path: [...path, name], value, wrong: `must be ${allowed.join(" or ")} for a metric made from logs` }];
}

function labelled(config) {
  const extractors = config.label_extractors;
  const [descriptor] = places(config, "metric_descriptor");
  if (!descriptor || given(extractors) === undefined || given(descriptor.value.labels) === undefined) return [];
  const declared = descriptor.value.labels.map(({ key }) => key).sort();
  const filledIn = Object.keys(extractors ?? {}).sort();
  if (declared.some((key) => typeof key !== "string") || String(declared) === String(filledIn)) return [];
  return [{ path: ["label_extractors"], wrong: `has ${filledIn.join(", ") || "nothing"}: must have the labels ${declared.join(", ")}` }];
}

function extracted(config) {
  const distribution = places(config, "metric_descriptor").some(({ value }) => value.value_type === "DISTRIBUTION");
  if (!distribution || given(config.value_extractor) !== false) return [];
  return [{ path: ["value_extractor"], wrong: "must be given for a DISTRIBUTION" }];
}
