import { violations } from "../rules/rules.js";
import { known, planned } from "./plan.js";
import { fromWire, toWire } from "./values.js";
import { wireSchema } from "./wire-schema.js";

const CAPABILITIES = { plan_destroy: false, get_provider_schema_optional: true };

/** The handlers of the provider: it knows every schema and checks configurations, and touches nothing. */
export function provider(schemas) {
  const { resource, data } = schemas;
  return {
    GetMetadata: () => ({ server_capabilities: CAPABILITIES, resources: typeNames(resource), data_sources: typeNames(data) }),
    GetProviderSchema: () => ({
      provider: wireSchema("google", schemas.provider),
      resource_schemas: wireSchemas("", resource),
      data_source_schemas: wireSchemas("data.", data),
      server_capabilities: CAPABILITIES,
    }),
    ValidateProviderConfig: ({ config }) => diagnostics(violations("google", schemas.provider, fromWire(config))),
    ValidateResourceConfig: ({ type_name, config }) => diagnostics(violations(type_name, resource[type_name], fromWire(config))),
    ValidateDataResourceConfig: ({ type_name, config }) => diagnostics(violations(`data.${type_name}`, data[type_name], fromWire(config))),
    UpgradeResourceState: ({ raw_state }) => ({ state: { json: raw_state.json } }),
    ConfigureProvider: () => ({}),
    ReadResource: ({ state }) => ({ state }),
    PlanResourceChange: ({ type_name, prior_state, new_state }) => ({
      state: toWire(planned(resource[type_name], fromWire(prior_state), fromWire(new_state))),
    }),
    ApplyResourceChange: ({ type_name, new_state }) => ({
      state: toWire(known(resource[type_name], fromWire(new_state), type_name)),
    }),
    ImportResourceState: ({ type_name }) => diagnostics([{ path: [], message: `${type_name}: nothing can be imported offline` }]),
    ReadDataSource: ({ type_name, config }) => ({
      state: toWire(known(data[type_name], planned(data[type_name], null, fromWire(config)), `data.${type_name}`)),
    }),
    GetFunctions: () => ({}),
    StopProvider: () => ({}),
  };
}

function typeNames(blocks) {
  return Object.keys(blocks).map((type_name) => ({ type_name }));
}

function wireSchemas(prefix, blocks) {
  return Object.fromEntries(Object.entries(blocks).map(([type, block]) => [type, wireSchema(prefix + type, block)]));
}

function diagnostics(found) {
  return { diagnostics: found.map(diagnostic) };
}

const HINT = "If a test made this value up, let its mock_resource or mock_data have a fitting default.";

function diagnostic({ path, message }) {
  const steps = path.map((step) => (typeof step === "number" ? { element_key_int: step } : { attribute_name: step }));
  return { severity: "ERROR", summary: message, detail: HINT, attribute: { steps } };
}
