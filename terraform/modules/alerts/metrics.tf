# Metrics that count what the services log. Their filters are made from the list of log events, which a test of the services holds to
# what they log: a field that is not on it fails the plan.

locals {
  counters = merge(
    {
      abandoned-runs = { event = "run_abandoned", labels = ["table"], where = {} }
      changed-values = { event = "values_changed", labels = ["table"], where = {} }
      dead-letters   = { event = "dead_letter", labels = ["table", "stage", "error_code"], where = {} }
      failing-tables = { event = "run_ended", labels = ["table"], where = { failures_in_a_row = ">=${var.failures_in_a_row}" } }
      runs           = { event = "run_ended", labels = ["table", "outcome", "error_code"], where = {} }
    },
    {
      for seconds, tables in local.long_lags : "older-than-${seconds}" => {
        event  = "run_ended"
        labels = ["table"]
        where  = { lag_seconds = ">${seconds}", table = "=(${join(" OR ", [for table in tables : "\"${table}\""])})" }
      }
    },
  )

  distributions = {
    handler-duration = { event = "event_handled", labels = ["stage", "result"], unit = "ms", value = "duration_ms" }
    run-bytes        = { event = "delta_extracted", labels = ["table"], unit = "By", value = "bytes" }
    run-lag          = { event = "run_ended", labels = ["table"], unit = "s", value = "lag_seconds" }
    run-rows         = { event = "run_ended", labels = ["table"], unit = "1", value = "rows" }
  }

  metrics = merge(
    { for key, counter in local.counters : key => merge(counter, { unit = "1", value = null }) },
    { for key, distribution in local.distributions : key => merge(distribution, { where = { (distribution.value) = ">=0" } }) },
  )

  # Of functions too, which run there. How long a job takes is no handler's duration.
  from_services = "resource.type=\"cloud_run_revision\" AND resource.labels.service_name=(${join(" OR ", [for service in var.services : "\"${service}\""])})"
  from_anywhere = length(var.jobs) == 0 ? local.from_services : "((${local.from_services}) OR (resource.type=\"cloud_run_job\" AND resource.labels.job_name=(${join(" OR ", [for job in var.jobs : "\"${job}\""])})))"

  # What a line of each metric's event has.
  fields = { for key, metric in local.metrics : key => merge(var.log_events.context, var.log_events.events[metric.event]) }

  # A quantile lies between two bounds, and is never told to lie beyond the last: so the budget is one of them, and not the last. The
  # platform chooses the others' bounds, of which only sums and counts are read.
  bounds = {
    handler-duration = concat([100, 1000, 10000, 30000, 60000, 120000, 240000], [for seconds in values(var.handler) : seconds * 1000])
  }
}

resource "google_logging_metric" "this" {
  for_each = local.metrics

  description = "Deltaferry ${var.name}: ${each.key}, from the log event ${each.value.event}"
  filter = join(" AND ", concat(
    [
      each.value.event == "event_handled" ? local.from_services : local.from_anywhere,
      "jsonPayload.event=\"${each.value.event}\"",
    ],
    [for field, comparison in each.value.where : "jsonPayload.${field}${comparison}"],
  ))
  label_extractors = { for label in each.value.labels : label => "EXTRACT(jsonPayload.${label})" }
  name             = "${var.name}-${each.key}"
  project          = var.project
  value_extractor  = each.value.value == null ? null : "EXTRACT(jsonPayload.${each.value.value})"

  dynamic "bucket_options" {
    for_each = contains(keys(local.bounds), each.key) ? [local.bounds[each.key]] : []

    content {
      explicit_buckets {
        bounds = bucket_options.value
      }
    }
  }

  metric_descriptor {
    metric_kind = "DELTA"
    unit        = each.value.unit
    value_type  = each.value.value == null ? "INT64" : "DISTRIBUTION"

    dynamic "labels" {
      for_each = each.value.labels

      content {
        key        = labels.value
        value_type = local.fields[each.key][labels.value]
      }
    }
  }

  lifecycle {
    precondition {
      condition     = length(setsubtract(concat(each.value.labels, keys(each.value.where), each.value.value[*]), keys(local.fields[each.key]))) == 0
      error_message = "The metric ${each.key} reads fields that no ${each.value.event} has."
    }
  }
}
