# Reads the table file that the services read, as far as a deployment depends on it, and lists what is wrong with it: a plan refuses
# what the services would refuse. `rules.json` holds what both sides must agree on, and the files in `tests/` go through both readers.
# Problems are a map from what to say to whether it is so; no side of it may fail, whatever the file holds.

locals {
  rules = jsondecode(file("${path.module}/rules.json"))

  # Each pattern must match a whole value.
  whole = { for name, pattern in local.rules.patterns : name => "^(?:${pattern})$" }

  raw     = try(yamldecode(file(var.path)), null)
  written = can(keys(local.raw)) ? jsonencode(local.raw) : "{}"

  # `${NAME}` is replaced value by value, as the services do it: a replacement never becomes YAML. Hence in JSON, where it is escaped.
  # `$${` stands for the characters `${`; what a secret will replace stays.
  tokens = regexall("[$][$][{]|[$][{][A-Za-z_][A-Za-z0-9_]*[}]|[$]|[^$]+", local.written)
  top = jsondecode(join("", [
    for token in local.tokens : try(
      regex("^[$]([$][{])$", token)[0],
      trimsuffix(trimprefix(jsonencode(var.environment[regex("^[$][{](.*)[}]$", token)[0]]), "\""), "\""),
      token,
    )
  ]))

  known_variables = concat(keys(var.environment), tolist(var.secrets))
  references      = distinct([for found in regexall("[$][$][{]|[$][{]([A-Za-z_][A-Za-z0-9_]*)[}]", local.written) : found[0] if found[0] != null])
  malformed       = [for found in regexall("[$][$][{]|[$][{][A-Za-z_][A-Za-z0-9_]*[}]|([$][{])", local.written) : found[0] if found[0] != null]

  bucket       = try(coalesce(tostring(local.top.bucket)), "")
  topic_prefix = try(coalesce(tostring(local.top.topic_prefix)), "")

  file_problems = merge(
    { for key in keys(local.top) : "${key}: unknown key; known are ${join(", ", local.rules.keys.file)}" => true if !contains(local.rules.keys.file, key) },
    { for name in local.references : "$${${name}} is not set: add ${name} to `environment`, or to `secrets`" => !contains(local.known_variables, name) },
    {
      "'$${' starts no $${NAME}; write a second $ in front for the characters themselves" = length(local.malformed) > 0

      "bucket: is missing; name the bucket to stage deltas in" = local.bucket == ""
      "bucket: '${local.bucket}' is not a bucket name: 3 to 63 lower-case letters, digits, -, _ or ., without gs://" = (
        local.bucket != "" && (!can(regex(local.whole.bucket, local.bucket)) || length(local.bucket) > 63 && !strcontains(local.bucket, "."))
      )
      "topic_prefix: '${local.topic_prefix}' is not a prefix of topics: 1 to 40 lower-case letters, digits or -, starting with a letter and not with goog" = (
        can(local.top.topic_prefix) && (!can(regex(local.whole.topic_prefix, local.topic_prefix)) || startswith(local.topic_prefix, "goog"))
      )
    },
  )

  unreadable = {
    "there is no such file"                                                         = !fileexists(var.path)
    "not valid YAML, or not UTF-8 text: look at its indentation, quotes and colons" = fileexists(var.path) && local.raw == null
    "the file must hold keys and values, one a line"                                = local.raw != null && !can(keys(local.raw))
  }

  problems = anytrue(values(local.unreadable)) ? local.unreadable : merge(
    local.file_problems,
    local.privacy_problems,
    local.source_problems,
    local.target_problems,
    local.table_problems,
  )
}
