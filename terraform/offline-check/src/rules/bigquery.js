import { between, json, labels, matching, oneOf } from "./checks.js";

const MILLIS_OF_HOUR = 3_600_000;
const id = matching(/^[A-Za-z0-9_]{1,1024}$/, "1 to 1024 letters, digits and _");
const expiration = (value) => (value >= MILLIS_OF_HOUR ? undefined : `must be at least ${MILLIS_OF_HOUR}, an hour`);

export const bigquery = {
  google_bigquery_dataset: {
    arguments: {
      dataset_id: id,
      default_partition_expiration_ms: expiration,
      default_table_expiration_ms: expiration,
      labels,
      max_time_travel_hours: between(48, 168),
      storage_billing_model: oneOf("LOGICAL", "PHYSICAL"),
    },
  },
  google_bigquery_dataset_iam_member: { arguments: { dataset_id: id } },
  google_bigquery_table: { arguments: { dataset_id: id, labels, schema: json } },
};
