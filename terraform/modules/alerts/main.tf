# Who is told when something goes wrong: a policy for each concern of concerns.json, with the section of the runbook that says what to do.
# Conditions on our own metrics are PromQL: only those may be created before a metric has its first point. Their points are deltas, often a
# single one a day, so they are added up: a rate would need a neighbour to be taken from.

locals {
  concerns = jsondecode(file("${path.module}/concerns.json"))

  series = { for key, metric in google_logging_metric.this : key => "logging_googleapis_com:user_${replace(metric.name, "-", "_")}" }

  # Points come up to ten minutes late, so nothing looks back for less than this.
  window = "30m"

  # What logs. A selector that names none, or two at once, is refused where a metric has points of more than one kind.
  resources = concat(["cloud_run_revision"], length(var.jobs) == 0 ? [] : ["cloud_run_job"])

  # Whether an event was counted in the window, by its labels.
  happened = {
    for key, labels in { for key, metric in local.metrics : key => metric.labels if metric.value == null } :
    key => "sum by (${join(", ", labels)}) (${join(" or ", [for resource in local.resources : "sum_over_time(${local.series[key]}{monitored_resource=\"${resource}\"}[${local.window}])"])}) > 0"
  }

  changed_schema = "sum by (table, error_code) (${join(" or ", [for resource in local.resources : "sum_over_time(${local.series.runs}{monitored_resource=\"${resource}\",error_code=~\"${join("|", var.log_events.values.schema_error_codes)}\"}[${local.window}])"])}) > 0"

  slow = "histogram_quantile(0.95, sum by (stage, le) (sum_over_time(${local.series.handler-duration}_bucket{monitored_resource=\"cloud_run_revision\"}[${local.window}]))) > ${var.handler.budget_seconds * 1000}"

  queries = merge(
    {
      dead-letters   = { "an event was refused or given up" = local.happened.dead-letters }
      failed-runs    = { "${var.failures_in_a_row} runs or more failed in a row" = local.happened.failing-tables }
      schema-changed = { "a run failed for its columns" = local.changed_schema }
      slow-handlers  = { "one event of twenty takes more than ${var.handler.budget_seconds} s" = local.slow }
      stuck-runs     = { "a run was abandoned" = local.happened.abandoned-runs }
      values-changed = { "values were clamped or became NULL" = local.happened.changed-values }
    },
    local.stale,
  )

  # On Pub/Sub's own metrics, which are there before we are.
  thresholds = {
    dead-letters = {
      "dead letters wait" = {
        above  = 0
        metric = "num_undelivered_messages"
        names  = [var.dead_letters]
      }
    }
    slow-handlers = {
      for names in [var.subscriptions] : "a message has waited for ${var.waiting_seconds} s" => {
        above  = var.waiting_seconds
        metric = "oldest_unacked_message_age"
        names  = names
      } if length(names) > 0
    }
  }

  policies = {
    for key, queries in local.queries : key => {
      # Further policies of one concern have a number behind its name.
      concern    = replace(key, "/-[0-9]+$/", "")
      queries    = queries
      thresholds = try(local.thresholds[key], {})
    } if !contains(var.disabled, replace(key, "/-[0-9]+$/", ""))
  }
}

resource "google_monitoring_alert_policy" "this" {
  for_each = local.policies

  combiner              = "OR"
  display_name          = "Deltaferry ${var.name}: ${local.concerns[each.value.concern].title}"
  notification_channels = var.channels
  project               = var.project
  severity              = local.concerns[each.value.concern].severity
  user_labels           = var.labels

  dynamic "conditions" {
    for_each = each.value.queries

    content {
      display_name = conditions.key

      condition_prometheus_query_language {
        disable_metric_validation = true # its metric is as new as the policy
        duration                  = each.value.concern == "stale-tables" ? "${local.retest_seconds}s" : "0s"
        evaluation_interval       = "60s"
        query                     = conditions.value
      }
    }
  }

  dynamic "conditions" {
    for_each = each.value.thresholds

    content {
      display_name = conditions.key

      condition_threshold {
        comparison      = "COMPARISON_GT"
        duration        = "0s"
        filter          = "resource.type = \"pubsub_subscription\" AND resource.labels.subscription_id = one_of(${join(", ", [for name in conditions.value.names : "\"${name}\""])}) AND metric.type = \"pubsub.googleapis.com/subscription/${conditions.value.metric}\""
        threshold_value = conditions.value.above

        aggregations {
          alignment_period   = "60s"
          per_series_aligner = "ALIGN_MAX"
        }
      }
    }
  }

  documentation {
    content   = "${local.concerns[each.value.concern].says}\n\nWhat to do: ${var.runbook}#${each.value.concern}"
    mime_type = "text/markdown"
  }
}
