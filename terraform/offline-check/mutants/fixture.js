const MAIN = "main.tf";
const ENDPOINT = "modules/endpoint";

// [what is wrong, where, what is replaced, by what, the words it must be refused with]
const FAULTS = [
  ["an unknown resource type", MAIN, /"google_pubsub_topic" "events"/, '"google_pubsub_topics" "events"', "Invalid resource type"],
  ["an unknown data source", MAIN, /data "google_project"/, 'data "google_projekt"', "Invalid data source"],
  [
    "an argument misspelled",
    MAIN,
    /ack_deadline_seconds/,
    "ack_deadline_second",
    'An argument named "ack_deadline_second" is not expected',
  ],
  ["a required argument missing", MAIN, /topic += google_pubsub_topic\.events\.id\n/, "", 'The argument "topic" is required'],
  ["a wrong type", MAIN, /= 600\n/, '= "ten minutes"\n', "a number is required"],
  ["text for a list", MAIN, /\["parts\/"\]/, '"parts/"', "list of string required"],
  ["a list for a map", MAIN, /labels = \{\n +part = "fixture"\n +\}/, 'labels = ["fixture"]', "map of string required"],
  ["a block that does not exist", MAIN, /expiration_policy \{/, "expire_policy {", 'Blocks of type "expire_policy" are not expected'],
  [
    "a block written as an argument",
    MAIN,
    /soft_delete_policy \{/,
    "soft_delete_policy = {",
    'An argument named "soft_delete_policy" is not expected',
  ],
  ["an argument written as a block", MAIN, /labels = \{/, "labels {", 'Blocks of type "labels" are not expected'],
  ["a block too many", MAIN, /( +)action \{/, '$1action {\n type = "Delete"\n }\n action {', "Too many action blocks"],
  ["a required block missing", MAIN, / +action \{\n.*\n +\}\n/, "", "Insufficient action blocks"],
  ["a computed attribute set", MAIN, /location += "EU"/, 'location = "EU"\n  url = "x"', "must not be set: only the provider computes it"],
  [
    "an argument misspelled in a dynamic block",
    MAIN,
    /push_endpoint = push/,
    "push_endpoints = push",
    'An argument named "push_endpoints" is not expected',
  ],
  ["a wrong type in a dynamic block", MAIN, /audience( +)= push_config.value/, "audience$1= [push_config.value]", "string required"],
  [
    "a rule broken in a dynamic block",
    MAIN,
    /push_endpoint = push_config.value/,
    'push_endpoint = "http://${push_config.key}"',
    "must be an https address",
  ],
  [
    "an attribute that a module's output has not",
    MAIN,
    /module\.endpoint\.service\.uri/,
    "module.endpoint.service.url",
    'does not have an attribute named "url"',
  ],
  [
    "an attribute that a resource has not",
    MAIN,
    /google_storage_bucket\.staging\.url/,
    "google_storage_bucket.staging.uri",
    'has no argument, nested block, or exported attribute named "uri"',
  ],
  ["a module's argument misspelled", MAIN, /location = "europe/, 'region = "europe', 'The argument "location" is required'],
  ["an enum's value that does not exist", ENDPOINT, /INGRESS_TRAFFIC_INTERNAL_ONLY/, "INTERNAL_ONLY", "must be one of INGRESS_TRAFFIC_ALL"],
  ["a number for a duration", ENDPOINT, /"590s"/, "590", 'must be seconds with an "s"'],
  ["a number out of its range", MAIN, /= 600\n/, "= 601\n", "must be 10 to 600"],
  ["a member without its kind", MAIN, /"serviceAccount:service/, '"service', "must be a principal"],
  [
    "a set of blocks indexed like a list",
    MAIN,
    /google_storage_bucket\.staging\.url/,
    "google_storage_bucket.staging.lifecycle_rule[0].action[0].type",
    "Cannot index a set value",
  ],
  [
    "a name too long",
    ENDPOINT,
    /= var.name\n +location/,
    '= "${var.name}-of-a-length-that-the-service-will-never-ever-take"\n  location',
    "must be at most 49",
  ],
];

/** Faults in the check's own fixture: one of every kind that a schema, a rule or a plan must find. */
export const fixture = FAULTS.map(([name, within, pattern, replacement, refused]) => ({
  name,
  within,
  edit: [pattern, replacement],
  refused,
}));
