const TOPOLOGY = "topology.json";
const ALERTS = "modules/alerts";
const DEAD_LETTERS = "modules/dead-letters";
const JOB = "modules/extract-job";
const FUNCTION = "modules/function";
const IDENTITIES = "modules/identities";
const PUSH = "modules/push-subscription";
const SCHEDULE = "modules/schedule";
const SERVICE = "modules/service";
const STAGING = "modules/staging-bucket";
const TRIGGER = "modules/event-trigger";
const WAREHOUSE = "modules/warehouse";

const PUSHED = "tests/push.tftest.hcl";
const EVENTARC = "tests/eventarc.tftest.hcl";

// [what is wrong, where, what is replaced, by what, the words it must be refused with, the root's tests to run where only they can know]
const FAULTS = [
  ["an unknown resource type", "modules/topic", /"google_pubsub_topic" "this"/, '"google_pubsub_topics" "this"', "Invalid resource type"],
  ["an argument misspelled", PUSH, /ack_deadline_seconds +=/, "ack_deadline_second =", '"ack_deadline_second" is not expected'],
  ["a required argument missing", PUSH, / +topic += var\.topic_id\n/, "", 'The argument "topic" is required'],
  ["a block as an argument", PUSH, /expiration_policy \{/, "expiration_policy = {", '"expiration_policy" is not expected'],
  ["a block misspelled", PUSH, /retry_policy \{/, "retry {", 'Blocks of type "retry" are not expected'],
  ["an argument misspelled in a dynamic block", PUSH, /dead_letter_topic +=/, "topic =", '"topic" is not expected'],
  [
    "a dynamic block of an unknown type",
    PUSH,
    /"dead_letter_policy" \{/,
    '"dead_letters" {',
    'Blocks of type "dead_letters" are not expected',
  ],
  [
    "a duration without its unit",
    PUSH,
    /"\$\{var\.delivery\.message_retention_seconds\}s"/,
    "var.delivery.message_retention_seconds",
    'seconds with an "s" behind',
  ],
  ["a role without its prefix", PUSH, /"roles\/pubsub\.subscriber"/, '"pubsub.subscriber"', "must be roles/NAME"],
  ["an audience that is no address", PUSH, /audience +=.*/, "audience = var.name", "must be an https address"],
  ["a topic's name for its id", DEAD_LETTERS, /topic += module\.topic\.id/, "topic = module.topic.self_link", "Unsupported attribute"],
  [
    "a retention of more than 31 days",
    TOPOLOGY,
    /"message_retention_seconds": 2678400/,
    '"message_retention_seconds": 2678401',
    '"600s" to "2678400s"',
    PUSHED,
  ],
  ["a deadline below the least", TOPOLOGY, /"ack_deadline_seconds": 600/, '"ack_deadline_seconds": 9', "must be 10 to 600", PUSHED],
  ["a payload format that does not exist", TOPOLOGY, /"JSON_API_V1"/, '"JSON"', "must be one of JSON_API_V1, NONE", PUSHED],
  [
    "an enum's value that does not exist",
    SERVICE,
    /"INGRESS_TRAFFIC_INTERNAL_ONLY"/,
    '"INTERNAL_ONLY"',
    "must be one of INGRESS_TRAFFIC_ALL",
  ],
  ["a map as a block", SERVICE, /limits = \{/, "limits {", 'Blocks of type "limits" are not expected'],
  ["an argument of another block", SERVICE, /max_instance_count = (.*)/, "max_instances = $1", '"max_instances" is not expected'],
  ["a required argument missing in a dynamic block", SERVICE, / +name += env\.key\n/, "", 'The argument "name" is required'],
  ["a wrong type", SERVICE, /cpu_idle += true/, 'cpu_idle = "from time to time"', "a bool is required"],
  ["a list for text", SERVICE, /image = var\.image/, "image = [var.image]", "string required"],
  ["a timeout without its unit", SERVICE, /"\$\{var\.timeout_seconds\}s"/, "var.timeout_seconds", 'seconds with an "s" behind'],
  ["a computed attribute set", SERVICE, /ingress = /, 'uri     = "https://example.com"\n  ingress = ', "only the provider computes it"],
  [
    "an attribute the resource does not have",
    SERVICE,
    /= google_cloud_run_v2_service\.this\.uri/,
    "= google_cloud_run_v2_service.this.url",
    'attribute named "url"',
  ],
  ["a job's timeout without its unit", JOB, /"\$\{var\.timeout_seconds\}s"/, "var.timeout_seconds", 'seconds with an "s" behind'],
  ["a service's block in a job", JOB, /task_count +=.*/, "scaling {\n    }", 'Blocks of type "scaling" are not expected'],
  [
    "retries beyond what a job has",
    TOPOLOGY,
    /"max_retries": 3/,
    '"max_retries": 11',
    "must be 0 to 10",
    "tests/job.tftest.hcl",
  ],
  ["a mode of access that does not exist", STAGING, /"enforced"/, '"enforce"', "must be one of enforced, inherited"],
  ["a required block missing in a dynamic one", STAGING, / +condition \{\n(.*\n){2} +\}\n/, "", "Insufficient condition blocks"],
  ["an action that does not exist", STAGING, /type = "Delete"/, 'type = "Remove"', "must be one of Delete"],
  ["text for a list in a dynamic block", STAGING, /\[lifecycle_rule\.key\]/, "lifecycle_rule.key", "list of string required"],
  ["an event that does not exist", TOPOLOGY, /"OBJECT_FINALIZE"/, '"FINALIZE"', "OBJECT_FINALIZE, OBJECT_METADATA_UPDATE", PUSHED],
  [
    "an account's name too long",
    IDENTITIES,
    /"\$\{var\.name\}-\$\{each\.key\}"/,
    '"${var.name}-${each.key}-of-this-deployment"',
    "must be 6 to 30 characters",
  ],
  [
    "an attribute for another",
    IDENTITIES,
    /google_service_account\.this\["extractor"\]\.member/,
    'google_service_account.this["extractor"].email',
    "must be a principal",
  ],
  ["data that is not base64", SCHEDULE, /base64encode\((jsonencode\(.*\))\)/, "$1", "must be base64"],
  [
    "a job's name that is not allowed",
    SCHEDULE,
    /"\$\{var\.name\}-\$\{each\.key\}"/,
    '"${var.name}/${each.key}"',
    "letters, digits, _ and -",
  ],
  ["a time zone that does not exist", SCHEDULE, /"Etc\/UTC"/, '"Europe/UTC"', "must be a time zone's name"],
  ["retries beyond the most", SCHEDULE, /retry_count = 5/, "retry_count = 6", "must be 0 to 5"],
  ["a destination misspelled", TRIGGER, /cloud_run_service \{/, "cloud_run {", 'Blocks of type "cloud_run" are not expected'],
  ["an iterator's part that does not exist", TRIGGER, /matching_criteria\.key/, "matching_criteria.name", "Unsupported attribute"],
  ["text for a number", FUNCTION, /timeout_seconds +=.*/, 'timeout_seconds = "${var.timeout_seconds}s"', "a number is required"],
  [
    "a function's enum with the value of a service's",
    FUNCTION,
    /"ALLOW_INTERNAL_ONLY"/,
    '"INGRESS_TRAFFIC_INTERNAL_ONLY"',
    "must be one of ALLOW_ALL",
  ],
  [
    "a dataset's name that is not allowed",
    WAREHOUSE,
    /dataset_id += each\.key\n +delete/,
    'dataset_id = replace(each.key, "_", "-")\n  delete',
    "letters, digits and _",
  ],
  ["seconds for milliseconds", WAREHOUSE, / \* 1000/, "", "must be at least 3600000"],
  ["a query that is no PromQL", ALERTS, /"sum by \(\$\{join/, '"sum of (${join', "must be PromQL"],
  ["a metric of a field that nobody logs", ALERTS, /value = "duration_ms"/, 'value = "duration"', "reads fields that no event_handled has"],
  ["a comparison that does not exist", ALERTS, /"COMPARISON_GT"/, '"GT"', "must be one of COMPARISON_"],
  ["a tile without its layout", "modules/dashboard", /mosaicLayout = /, "mosaic = ", "must have one of mosaicLayout"],
  ["an API without its domain", "modules/apis", /"\$\{each\.key\}\.googleapis\.com"/, "each.key", "must be an API's name"],
  ["an argument left to its default", "modules/apis", / +disable_on_destroy = false\n/, "", "its default differs"],
  [
    "an attribute the data source does not have",
    "main.tf",
    /data\.google_project\.this\.number\}@gcp/,
    "data.google_project.this.project_number}@gcp",
    "Unsupported attribute",
  ],
  ["a module's argument misspelled", "messaging.tf", /delivery = /, "deliveries = ", 'The argument "delivery" is required'],
  ["a module's output misspelled", "messaging.tf", /module\.dead_letters\.topic_id/, "module.dead_letters.topic", "Unsupported attribute"],
  [
    "an attribute that a module's output does not have",
    "messaging.tf",
    /local\.endpoints\[each\.key\]\.uri/,
    "local.endpoints[each.key].url",
    "Unsupported attribute",
    PUSHED,
  ],
  [
    "an attribute that a trigger's bucket does not have",
    "messaging.tf",
    /module\.staging_bucket\.bucket\.location/,
    "module.staging_bucket.bucket.region",
    "Unsupported attribute",
    EVENTARC,
  ],
];

/** Faults in the deployment's own code: names, types, blocks, values, and what passes through the outputs of modules. */
export const deployment = FAULTS.map(([name, within, pattern, replacement, refused, tests]) => ({
  name,
  within,
  edit: [pattern, replacement],
  refused,
  tests,
}));
