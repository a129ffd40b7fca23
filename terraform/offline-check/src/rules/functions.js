import { between, email, filled, labels, matching, topic } from "./checks.js";
import { exactlyOne, given, places } from "./paths.js";

const name = matching(/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/, "at most 63 lower-case letters, digits and -, a letter first");
const eventType = matching(/^google\.[a-zA-Z0-9.]+\.v\d+\.[a-zA-Z]+$/, "an event's type, such as google.cloud.storage.object.v1.finalized");
const MESSAGE = "google.cloud.pubsub.topic.v1.messagePublished";
const EVENT_LIMIT_SECONDS = 540;

function environment(variables) {
  const wrong = Object.keys(variables).find(
    (key) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(key) || /^(PORT|K_\w+|X_GOOGLE_\w*|FUNCTION_TARGET)$/.test(key),
  );
  return wrong && `must not have ${wrong}: it is no name, or one that the service sets itself`;
}

// A function that an event calls is given up earlier than one that a request calls.
function eventTime(config) {
  if (!given(config.event_trigger)) return [];
  return places(config, "service_config")
    .filter(({ value }) => value.timeout_seconds > EVENT_LIMIT_SECONDS)
    .map(({ path }) => ({ path: [...path, "timeout_seconds"], wrong: `must be at most ${EVENT_LIMIT_SECONDS} where an event calls` }));
}

function ofOneKind(config) {
  return places(config, "event_trigger")
    .filter(({ value }) => given(value.pubsub_topic) && typeof value.event_type === "string" && value.event_type !== MESSAGE)
    .map(({ path }) => ({ path: [...path, "event_type"], wrong: `must be ${MESSAGE} with a pubsub_topic` }));
}

function concurrent(config) {
  return places(config, "service_config")
    .filter(({ value }) => value.max_instance_request_concurrency > 1 && Number(value.available_cpu ?? 1) < 1)
    .map(({ path }) => ({ path, wrong: "must have a whole processor where an instance takes more than one request" }));
}

function typed(config) {
  const attributes = places(config, "matching_criteria").map(({ value }) => value.attribute);
  if (attributes.length === 0 || attributes.some((attribute) => attribute === "type" || typeof attribute !== "string")) return [];
  return [{ path: ["matching_criteria"], wrong: "must have one for the attribute type" }];
}

export const functions = {
  google_cloudfunctions2_function: {
    arguments: {
      "build_config.entry_point": filled,
      "build_config.runtime": matching(/^java(17|21|25)$/, "java17, java21 or java25"),
      "event_trigger.event_type": eventType,
      "event_trigger.pubsub_topic": topic,
      "event_trigger.service_account_email": email,
      labels,
      name,
      "service_config.available_cpu": matching(/^(\d*\.)?\d+$/, "a number of processors"),
      "service_config.available_memory": matching(/^[1-9]\d*(k|M|G|Mi|Gi)?$/, "a number with its unit, such as 512Mi"),
      "service_config.environment_variables": environment,
      "service_config.max_instance_request_concurrency": between(1, 1000),
      "service_config.service_account_email": email,
      "service_config.timeout_seconds": between(1, 3600),
    },
    whole: [eventTime, ofOneKind, concurrent],
  },
  google_eventarc_trigger: {
    arguments: { "destination.cloud_run_service.service": filled, labels, name, service_account: email, "transport.pubsub.topic": topic },
    whole: [exactlyOne("destination", "workflow", "cloud_run_service", "gke", "http_endpoint"), typed],
  },
};
