import { all, between, each, labels, matching, oneOf } from "./checks.js";
import { exactlyOne, given, places } from "./paths.js";

const bucket = all(
  matching(/^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/, "3 to 63 lower-case letters, digits, -, _ and ., a letter or digit at both ends"),
  matching(/^(?!goog)(?!.*google)/, 'without "goog" at its beginning and without "google"'),
);
const storageClass = oneOf("STANDARD", "NEARLINE", "COLDLINE", "ARCHIVE", "MULTI_REGIONAL", "REGIONAL");

// The service takes 0, which turns soft deletion off, or a week to 90 days.
function softDelete(value) {
  return value === 0 ? undefined : between(604_800, 7_776_000)(value) && "must be 0, or 604800 to 7776000";
}

function rules(config) {
  return places(config, "lifecycle_rule").flatMap(({ path, value }) => [
    ...places(value, "action")
      .filter(misfit)
      .map((place) => ({
        path: [...path, ...place.path],
        wrong: "must have a storage_class if, and only if, its type is SetStorageClass",
      })),
    ...places(value, "condition")
      .filter(empty)
      .map((place) => ({ path: [...path, ...place.path], wrong: "must have a condition in it" })),
  ]);
}

function misfit({ value }) {
  const classed = given(value.storage_class);
  return classed !== undefined && typeof value.type === "string" && classed !== (value.type === "SetStorageClass");
}

function empty({ value }) {
  return Object.values(value).every((argument) => given(argument) === false);
}

export const storage = {
  google_storage_bucket: {
    arguments: {
      labels,
      "lifecycle_rule.action.storage_class": storageClass,
      "lifecycle_rule.action.type": oneOf("Delete", "SetStorageClass", "AbortIncompleteMultipartUpload"),
      "lifecycle_rule.condition.age": between(0, 36_500),
      "lifecycle_rule.condition.with_state": oneOf("LIVE", "ARCHIVED", "ANY", ""),
      name: bucket,
      public_access_prevention: oneOf("enforced", "inherited"),
      "soft_delete_policy.retention_duration_seconds": softDelete,
      storage_class: storageClass,
    },
    whole: [rules],
  },
  google_storage_bucket_object: {
    arguments: { name: matching(/^[^\r\n]{1,1024}$/, "1 to 1024 characters without line breaks") },
    whole: [exactlyOne("", "content", "source")],
  },
  google_storage_notification: {
    arguments: {
      event_types: each(oneOf("OBJECT_FINALIZE", "OBJECT_METADATA_UPDATE", "OBJECT_DELETE", "OBJECT_ARCHIVE")),
      payload_format: oneOf("JSON_API_V1", "NONE"),
      topic: matching(/^((\/\/pubsub\.googleapis\.com\/)?projects\/[^/]+\/topics\/)?[^/]+$/, "a topic's `id`"),
    },
  },
};
