const long = (length) => "a".repeat(length);
const member = (value) => ({ role: "roles/run.invoker", member: value });
const alert = (condition, more = {}) => ({ conditions: { display_name: "c", ...condition }, combiner: "OR", display_name: "d", ...more });
const threshold = (more) =>
  alert({ condition_threshold: { filter: 'resource.type="x" metric.type="y"', comparison: "COMPARISON_GT", duration: "60s", ...more } });
const service = (template, more = {}) => ({ name: "s", location: "l", template, ...more });
const bucket = (more) => ({ name: "staging", location: "EU", ...more });
const rule = (action, condition) => bucket({ lifecycle_rule: { action, condition } });
const job = (more) => ({ name: "j", pubsub_target: { topic_name: "projects/p/topics/t", data: "e30=" }, ...more });
const called = (service, more = {}) => ({ name: "f", service_config: service, ...more });
const trigger = (attribute, more = {}) => ({
  name: "t",
  matching_criteria: { attribute, value: "v" },
  destination: { cloud_run_service: { service: "s" } },
  ...more,
});

/** By type: configurations that pass, and ones with the one fault whose message has the given parts. */
export const CASES = [
  {
    type: "google_pubsub_topic",
    good: [
      { name: "extract-requests", labels: { part: "x" } },
      { name: "abc", message_retention_duration: "600s" },
    ],
    bad: [
      [{ name: "goog-requests" }, "name", 'without "goog"'],
      [{ name: "1st" }, "name", "a letter first"],
      [{ name: "abc", labels: { Part: "x" } }, "labels", "lower-case"],
      [{ name: "abc", message_retention_duration: "10m" }, "message_retention_duration", '"600s" to "2678400s"'],
      [{ name: "abc", schema_settings: { schema: "s", encoding: "XML" } }, "schema_settings[0].encoding", "JSON, BINARY"],
    ],
  },
  {
    type: "google_pubsub_subscription",
    good: [
      { ack_deadline_seconds: 10, message_retention_duration: "600.5s", filter: long(256) },
      { ack_deadline_seconds: 600, expiration_policy: { ttl: "" }, topic: "projects/p/topics/requests" },
      { dead_letter_policy: { dead_letter_topic: "projects/p/topics/dead", max_delivery_attempts: 100 } },
      { push_config: { push_endpoint: "https://x.run.app/", oidc_token: { service_account_email: "a@b.iam.gserviceaccount.com" } } },
      { retry_policy: { minimum_backoff: "10s", maximum_backoff: "600s" } },
    ],
    bad: [
      [{ ack_deadline_seconds: 9 }, "ack_deadline_seconds is 9", "must be 10 to 600"],
      [{ ack_deadline_seconds: 601 }, "ack_deadline_seconds is 601"],
      [{ dead_letter_policy: { max_delivery_attempts: 4 } }, "dead_letter_policy[0].max_delivery_attempts is 4", "5 to 100"],
      [{ dead_letter_policy: { max_delivery_attempts: 101 } }, "max_delivery_attempts is 101"],
      [{ dead_letter_policy: { dead_letter_topic: "dead" } }, "projects/PROJECT/topics/NAME"],
      [{ message_retention_duration: "604800" }, "message_retention_duration"],
      [{ message_retention_duration: "2678401s" }, "message_retention_duration"],
      [{ expiration_policy: { ttl: "3600s" } }, "expiration_policy[0].ttl"],
      [{ filter: long(257) }, "256 bytes"],
      [{ topic: "projects/p/topic/t" }, "topic"],
      [{ retry_policy: { maximum_backoff: "601s" } }, "retry_policy[0].maximum_backoff"],
      [{ push_config: { push_endpoint: "http://x" } }, "push_config[0].push_endpoint", "https"],
      [
        { push_config: { push_endpoint: "https://x", oidc_token: { service_account_email: "pusher" } } },
        "oidc_token[0].service_account_email",
      ],
      [{ push_config: { push_endpoint: "https://x" }, bigquery_config: { table: "t" } }, "has 2 of push_config, bigquery_config"],
    ],
  },
  {
    type: "google_cloud_scheduler_job",
    good: [
      job({ schedule: "*/15 0-6,22 1 JAN-mar 7", time_zone: "Europe/Berlin", attempt_deadline: "30s" }),
      job({ retry_config: { retry_count: 5, min_backoff_duration: "5s" } }),
      { name: "j", http_target: { uri: "https://x" } },
    ],
    bad: [
      [job({ name: "orders/daily" }), "name", "letters, digits, _ and -"],
      [job({ name: long(501) }), "name"],
      [job({ schedule: "every 5 minutes" }), "schedule", "five fields"],
      [job({ schedule: "0 24 * * *" }), "schedule", "hour"],
      [job({ schedule: "*/0 * * * *" }), "schedule", "minute"],
      [job({ schedule: "0 0 9-3 * *" }), "schedule", "day of the month"],
      [job({ time_zone: "Europe/Berlyn" }), "time_zone"],
      [job({ attempt_deadline: "10s" }), "attempt_deadline"],
      [job({ retry_config: { retry_count: 6 } }), "retry_config[0].retry_count"],
      [{ name: "j" }, "has 0 of pubsub_target", "exactly one"],
      [job({ pubsub_target: { topic_name: "projects/p/topics/t", data: '{"table":"orders"}' } }), "pubsub_target[0].data", "base64"],
      [job({ pubsub_target: { topic_name: "t", data: "e30=" } }), "pubsub_target[0].topic_name"],
      [job({ pubsub_target: { topic_name: "projects/p/topics/t" } }), "must have data or attributes"],
    ],
  },
  {
    type: "google_cloud_run_v2_service",
    good: [
      service({ timeout: "590s", containers: { image: "i", resources: { limits: { cpu: "2", memory: "2Gi" } } } }),
      service({
        containers: {
          image: "i",
          env: [
            { name: "A", value: "1" },
            { name: "B", value_source: { secret_key_ref: { secret: "s" } } },
          ],
        },
      }),
      service({ volumes: { name: "v" }, containers: { image: "i", volume_mounts: { name: "v", mount_path: "/v" } } }),
      service({ scaling: { min_instance_count: 0, max_instance_count: 3 }, vpc_access: { connector: "c", egress: "ALL_TRAFFIC" } }),
      service({}, { name: long(49), ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY" }),
    ],
    bad: [
      [service({}, { name: long(50) }), "name", "at most 49"],
      [service({}, { name: "Extractor" }), "name", "lower-case"],
      [service({}, { ingress: "INTERNAL" }), "ingress", "INGRESS_TRAFFIC_INTERNAL_ONLY"],
      [service({ timeout: "590" }), "template[0].timeout"],
      [service({ timeout: "3601s" }), "template[0].timeout"],
      [service({ vpc_access: { egress: "ALL" } }), "template[0].vpc_access[0].egress"],
      [service({ vpc_access: { connector: "c", network_interfaces: { network: "n" } } }), "connector, network_interfaces"],
      [service({ containers: { image: "" } }), "containers[0].image"],
      [service({ containers: { image: "i", env: { name: "PORT", value: "1" } } }), "Cloud Run sets itself"],
      [service({ containers: { image: "i", env: { name: "A-B", value: "1" } } }), "env[0].name"],
      [service({ containers: { image: "i", env: { name: "A", value: "1", value_source: {} } } }), "has 2 of value, value_source"],
      [service({ containers: { image: "i", resources: { limits: { cpus: "1" } } } }), "must not limit cpus"],
      [service({ containers: { image: "i", resources: { limits: { memory: "512" } } } }), "(memory)"],
      [service({ containers: { image: "i", volume_mounts: { name: "w", mount_path: "/w" } } }), "no volume has that name"],
      [service({ max_instance_request_concurrency: 0 }), "max_instance_request_concurrency"],
      [service({ service_account: "extractor" }), "service_account"],
      [service({ scaling: { min_instance_count: 4, max_instance_count: 3 } }), "above its max_instance_count"],
    ],
  },
  {
    type: "google_cloud_run_v2_job",
    good: [{ name: "j", template: { template: { timeout: "86400s", max_retries: 3 } } }],
    bad: [
      [{ name: long(64), template: {} }, "name", "at most 63"],
      [{ name: "j", template: { template: { timeout: "1d" } } }, "template[0].template[0].timeout"],
      [{ name: "j", template: { template: { max_retries: 11 } } }, "max_retries"],
    ],
  },
  {
    type: "google_vpc_access_connector",
    good: [{ name: "connector", ip_cidr_range: "10.8.0.0/28" }],
    bad: [
      [{ name: long(26) }, "name"],
      [{ name: "connector", ip_cidr_range: "10.8.0.0/24" }, "ip_cidr_range"],
    ],
  },
  {
    type: "google_storage_bucket",
    good: [
      rule({ type: "Delete" }, { age: 0 }),
      rule({ type: "SetStorageClass", storage_class: "NEARLINE" }, { matches_prefix: ["parts/"] }),
      bucket({ public_access_prevention: "enforced", soft_delete_policy: { retention_duration_seconds: 0 } }),
    ],
    bad: [
      [bucket({ name: "Staging" }), "name", "lower-case"],
      [bucket({ name: "st" }), "name"],
      [bucket({ name: "my-google-bucket" }), "name", "google"],
      [bucket({ public_access_prevention: "on" }), "public_access_prevention", "enforced, inherited"],
      [bucket({ storage_class: "HOT" }), "storage_class"],
      [bucket({ url: "gs://staging" }), "url", "only the provider computes it"],
      [bucket({ id: "staging" }), "id", "only the provider computes it"],
      [bucket({ soft_delete_policy: { effective_time: "x" } }), "soft_delete_policy[0].effective_time", "only the provider"],
      [bucket({ soft_delete_policy: { retention_duration_seconds: 3600 } }), "soft_delete_policy[0].retention_duration_seconds"],
      [rule({ type: "Remove" }, { age: 1 }), "lifecycle_rule[0].action[0].type"],
      [rule({ type: "SetStorageClass" }, { age: 1 }), "storage_class if, and only if"],
      [rule({ type: "Delete" }, {}), "must have a condition in it"],
      [rule({ type: "Delete" }, { age: -1 }), "condition[0].age"],
      [rule({ type: "Delete" }, { with_state: "DEAD" }), "with_state"],
    ],
  },
  {
    type: "google_storage_bucket_object",
    good: [{ name: "config/tables.yaml", content: "x" }],
    bad: [
      [{ name: "x" }, "has 0 of content, source"],
      [{ name: "x", content: "x", source: "y" }, "has 2 of content, source"],
      [{ name: "", content: "x" }, "name"],
    ],
  },
  {
    type: "google_storage_notification",
    good: [{ payload_format: "JSON_API_V1", event_types: ["OBJECT_FINALIZE"], topic: "projects/p/topics/t" }],
    bad: [
      [{ payload_format: "JSON" }, "payload_format", "JSON_API_V1, NONE"],
      [{ event_types: ["OBJECT_FINALIZE", "FINALIZE"] }, "event_types", "OBJECT_FINALIZE"],
      [{ topic: "projects/p/topic/t" }, "topic"],
    ],
  },
  {
    type: "google_service_account",
    good: [{ account_id: "deltaferry-extractor" }],
    bad: [
      [{ account_id: "short" }, "6 to 30"],
      [{ account_id: long(31) }, "6 to 30"],
      [{ account_id: "1st-account" }, "a letter first"],
      [{ account_id: "account-" }, "no - last"],
      [{ account_id: "account", display_name: long(101) }, "display_name"],
      [{ account_id: "account", description: long(257) }, "description"],
    ],
  },
  {
    type: "google_cloud_run_v2_service_iam_member",
    good: ["serviceAccount:a@p.iam.gserviceaccount.com", "user:a@b.org", "group:a@b.org", "domain:b.org", "allUsers"].map(member),
    bad: [
      [member("a@p.iam.gserviceaccount.com"), "member", "principal"],
      [member("serviceaccount:a@p.iam.gserviceaccount.com"), "member"],
      [member("serviceAccount:projects/p/serviceAccounts/x"), "member"],
      [member("serviceAccount: a@p.iam.gserviceaccount.com"), "member"],
      [{ member: "allUsers", role: "run.invoker" }, "role", "roles/NAME"],
      [{ member: "allUsers", role: "roles/x", condition: { title: "", expression: "true" } }, "condition[0].title"],
    ],
  },
  {
    type: "google_storage_bucket_iam_binding",
    good: [{ role: "projects/p/roles/stager", members: ["user:a@b.org"] }],
    bad: [[{ role: "roles/storage.admin", members: ["user:a@b.org", "b"] }, "members"]],
  },
  {
    type: "google_project_iam_custom_role",
    good: [{ role_id: "stager", title: "t", permissions: ["storage.objects.create", "bigquery.tables.get"], stage: "GA" }],
    bad: [
      [{ role_id: "sta-ger", title: "t" }, "role_id"],
      [{ role_id: "stager", title: "" }, "title"],
      [{ role_id: "stager", title: "t", permissions: ["storage.objects"] }, "permissions"],
      [{ role_id: "stager", title: "t", stage: "DONE" }, "stage"],
    ],
  },
  {
    type: "google_project_service",
    good: [{ service: "run.googleapis.com", disable_on_destroy: false }],
    bad: [
      [{ service: "run.googleapis.com" }, "disable_on_destroy", "6 and 7"],
      [{ service: "run", disable_on_destroy: false }, "service"],
    ],
  },
  {
    type: "google_secret_manager_secret",
    good: [{ secret_id: "database-password", replication: { auto: {} } }],
    bad: [
      [{ secret_id: "database.password", replication: { auto: {} } }, "secret_id"],
      [{ secret_id: "s", replication: {} }, "replication[0]", "exactly one"],
    ],
  },
  {
    type: "google_bigquery_dataset",
    good: [{ dataset_id: "deltaferry_control", default_table_expiration_ms: 3_600_000, max_time_travel_hours: "48" }],
    bad: [
      [{ dataset_id: "deltaferry-control" }, "dataset_id"],
      [{ dataset_id: "d", default_table_expiration_ms: 60_000 }, "default_table_expiration_ms"],
      [{ dataset_id: "d", max_time_travel_hours: "24" }, "max_time_travel_hours"],
      [{ dataset_id: "d", storage_billing_model: "FREE" }, "storage_billing_model"],
    ],
  },
  {
    type: "google_bigquery_dataset_iam_member",
    good: [{ dataset_id: "d", ...member("allUsers") }],
    bad: [[{ dataset_id: "projects/p/datasets/d", ...member("allUsers") }, "dataset_id"]],
  },
  {
    type: "google_bigquery_table",
    good: [{ dataset_id: "d", schema: "[]" }],
    bad: [[{ dataset_id: "d", schema: "[" }, "schema", "JSON"]],
  },
  {
    type: "google_monitoring_alert_policy",
    good: [
      threshold({}),
      threshold({ aggregations: { alignment_period: "300s", per_series_aligner: "ALIGN_RATE" } }),
      alert({ condition_matched_log: { filter: "severity=ERROR" } }, { alert_strategy: { notification_rate_limit: { period: "300s" } } }),
      alert(
        { condition_absent: { filter: 'resource.type = "x"', duration: "120s" } },
        { notification_channels: ["projects/p/notificationChannels/1"] },
      ),
      alert({ condition_prometheus_query_language: { query: 'sum by (a) (sum_over_time(x:y{b=~"c|d"}[5m])) > 0 unless vector(1)' } }),
    ],
    bad: [
      [{ ...threshold({}), combiner: "XOR" }, "combiner", "AND, OR"],
      [threshold({ comparison: "GT" }), "conditions[0].condition_threshold[0].comparison", "COMPARISON_GT"],
      [threshold({ duration: "90s" }), "duration", "whole minutes"],
      [threshold({ filter: 'metric.type="y"' }), "resource.type"],
      [threshold({ aggregations: { alignment_period: "30s" } }), "alignment_period"],
      [threshold({ aggregations: { per_series_aligner: "RATE" } }), "per_series_aligner"],
      [alert({ condition_absent: { filter: 'resource.type="x"', duration: "60s" } }), "duration"],
      [alert({}), "conditions[0]", "exactly one"],
      [alert({ condition_prometheus_query_language: { query: "" } }), "query", "PromQL"],
      [alert({ condition_prometheus_query_language: { query: "sum by (a (x) > 0" } }), "PromQL", '"(x) > 0"'],
      [alert({ condition_prometheus_query_language: { query: 'x{a="b"[5m]}' } }), "PromQL"],
      [alert({ condition_prometheus_query_language: { query: "summe(x)" } }), "PromQL"],
      [alert({ condition_matched_log: { filter: "severity=ERROR" } }), "notification_rate_limit"],
      [{ ...threshold({}), alert_strategy: { auto_close: "60s" } }, "auto_close"],
      [{ ...threshold({}), notification_channels: ["mail"] }, "notification_channels"],
      [{ ...threshold({}), severity: "BAD" }, "severity"],
      [{ ...threshold({}), documentation: { mime_type: "text/html" } }, "mime_type"],
    ],
  },
  {
    type: "google_monitoring_dashboard",
    good: [
      { dashboard_json: '{"displayName":"d","mosaicLayout":{}}' },
      { dashboard_json: '{"displayName":"d","gridLayout":{"widgets":[{"prometheusQuery":"rate(x[1h])"}]}}' },
    ],
    bad: [
      [{ dashboard_json: '{"displayName":"d","gridLayout":{"widgets":[{"prometheusQuery":"rate(x[1h]"}]}}' }, "PromQL"],
      [{ dashboard_json: "{" }, "JSON"],
      [{ dashboard_json: '{"mosaicLayout":{}}' }, "displayName"],
      [{ dashboard_json: '{"displayName":"d"}' }, "mosaicLayout"],
    ],
  },
  {
    type: "google_logging_metric",
    good: [
      {
        name: "lag",
        filter: "x",
        metric_descriptor: { metric_kind: "DELTA", value_type: "DISTRIBUTION" },
        value_extractor: "EXTRACT(jsonPayload.lag)",
      },
      {
        name: "runs",
        filter: "x",
        metric_descriptor: { metric_kind: "DELTA", value_type: "INT64", labels: [{ key: "table" }] },
        label_extractors: { table: "EXTRACT(jsonPayload.table)" },
      },
    ],
    bad: [
      [{ name: "lag", filter: "" }, "filter"],
      [{ name: "the lag", filter: "x" }, "name"],
      [{ name: "lag", filter: "x", value_extractor: "jsonPayload.lag" }, "value_extractor"],
      [{ name: "lag", filter: "x", metric_descriptor: { metric_kind: "GAUGE", value_type: "INT64" } }, "metric_kind"],
      [{ name: "lag", filter: "x", metric_descriptor: { metric_kind: "DELTA", value_type: "DOUBLE" } }, "value_type"],
      [{ name: "lag", filter: "x", metric_descriptor: { metric_kind: "DELTA", value_type: "DISTRIBUTION" } }, "value_extractor"],
      [{ name: "lag", filter: "x", metric_descriptor: { labels: [{ key: "table" }] } }, "label_extractors", "table"],
    ],
  },
  {
    type: "google_cloudfunctions2_function",
    good: [
      called({ timeout_seconds: 3600, available_memory: "512Mi", available_cpu: "1", max_instance_request_concurrency: 1 }),
      called({ timeout_seconds: 540 }, { event_trigger: { event_type: "google.cloud.storage.object.v1.finalized" } }),
      { name: "f", build_config: { runtime: "java21", entry_point: "io.deltaferry.extractor.ExtractorFunction" } },
    ],
    bad: [
      [called({}, { name: "Function" }), "name", "lower-case"],
      [called({ timeout_seconds: 3601 }), "service_config[0].timeout_seconds", "1 to 3600"],
      [called({ timeout_seconds: 600 }, { event_trigger: {} }), "timeout_seconds", "at most 540"],
      [called({ available_memory: "512 MB" }), "available_memory"],
      [called({ available_cpu: "one" }), "available_cpu"],
      [called({ available_cpu: "0.5", max_instance_request_concurrency: 2 }), "whole processor"],
      [called({ environment_variables: { K_SERVICE: "x" } }), "environment_variables", "must not have K_SERVICE"],
      [called({ service_account_email: "extractor" }), "service_account_email"],
      [called({ ingress_settings: "INTERNAL" }), "ingress_settings", "ALLOW_INTERNAL_ONLY"],
      [called({}, { build_config: { runtime: "java11" } }), "runtime"],
      [called({}, { event_trigger: { event_type: "finalized" } }), "event_type"],
      [
        called({}, { event_trigger: { event_type: "google.cloud.storage.object.v1.finalized", pubsub_topic: "requests" } }),
        "messagePublished",
      ],
      [called({}, { event_trigger: { retry_policy: "RETRY" } }), "retry_policy", "RETRY_POLICY_RETRY"],
    ],
  },
  {
    type: "google_eventarc_trigger",
    good: [trigger("type", { transport: { pubsub: { topic: "projects/p/topics/requests" } } })],
    bad: [
      [trigger("bucket"), "matching_criteria", "attribute type"],
      [trigger("type", { name: "T" }), "name"],
      [trigger("type", { destination: {} }), "destination[0]", "exactly one"],
      [trigger("type", { service_account: "pusher" }), "service_account"],
    ],
  },
];
