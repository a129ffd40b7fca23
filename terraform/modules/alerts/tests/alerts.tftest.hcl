mock_provider "google" {
  source = "../../offline-check/mocks"
}

variables {
  channels        = ["projects/my-project/notificationChannels/123"]
  dead_letters    = "shop-dead-letters-reader"
  handler         = { budget_seconds = 480, timeout_seconds = 590 }
  max_lags        = { "Order-Lines_2" = 5400, orders = 5400, prices = 89700, yearly = 89701 }
  name            = "shop"
  project         = "my-project"
  runbook         = "https://example.com/runbook"
  services        = ["shop-extractor", "shop-loader", "shop-merger"]
  subscriptions   = ["shop-extract-requests-push", "shop-loaded-deltas-push"]
  waiting_seconds = 1800

  log_events = {
    context = { run = "STRING", stage = "STRING", table = "STRING" }
    events = {
      dead_letter     = { error_code = "STRING" }
      delta_extracted = { bytes = "INT64" }
      event_handled   = { duration_ms = "INT64", result = "STRING" }
      run_abandoned   = {}
      run_ended       = { error_code = "STRING", failures_in_a_row = "INT64", lag_seconds = "INT64", outcome = "STRING", rows = "INT64" }
      values_changed  = {}
    }
    values = { good_outcomes = ["completed", "empty"], schema_error_codes = ["COLUMN_MISSING", "SOURCE_CHANGED"] }
  }
}

run "policies" {
  assert {
    condition     = toset(keys(google_monitoring_alert_policy.this)) == toset(keys(jsondecode(file("concerns.json"))))
    error_message = "a policy for each concern: ${jsonencode(keys(google_monitoring_alert_policy.this))}"
  }

  assert {
    condition     = alltrue([for concern, policy in google_monitoring_alert_policy.this : endswith(policy.documentation[0].content, "https://example.com/runbook#${concern}")])
    error_message = "each names its section of the runbook"
  }

  assert {
    condition     = alltrue([for policy in google_monitoring_alert_policy.this : policy.notification_channels == tolist(["projects/my-project/notificationChannels/123"])])
    error_message = "each tells somebody"
  }

  assert {
    condition     = alltrue([for policy in google_monitoring_alert_policy.this : length(policy.conditions) >= 1 && length(policy.conditions) <= 6])
    error_message = "a policy takes six conditions"
  }
}

# The rows of some tables are read in a job, which logs what a service would.
run "jobs" {
  variables {
    jobs = ["shop-extract"]
  }

  assert {
    condition     = google_logging_metric.this["failing-tables"].filter == "((resource.type=\"cloud_run_revision\" AND resource.labels.service_name=(\"shop-extractor\" OR \"shop-loader\" OR \"shop-merger\")) OR (resource.type=\"cloud_run_job\" AND resource.labels.job_name=(\"shop-extract\"))) AND jsonPayload.event=\"run_ended\" AND jsonPayload.failures_in_a_row>=3"
    error_message = google_logging_metric.this["failing-tables"].filter
  }

  assert {
    condition     = !strcontains(google_logging_metric.this["handler-duration"].filter, "job")
    error_message = "hours in a job are no slow handler: ${google_logging_metric.this["handler-duration"].filter}"
  }

  assert {
    condition = alltrue(flatten([
      for concern, policy in google_monitoring_alert_policy.this : [
        for condition in policy.conditions : [
          for promql in condition.condition_prometheus_query_language :
          length(regexall("cloud_run_job", promql.query)) == (concern == "slow-handlers" ? 0 : 1)
        ]
      ]
    ]))
    error_message = "what a job logs counts as much: ${jsonencode([for policy in google_monitoring_alert_policy.this : policy.conditions[*].condition_prometheus_query_language[*].query])}"
  }
}

run "conditions" {
  # Every metric that a query adds up is one of ours, under the name it has in PromQL.
  assert {
    condition = length(setsubtract(
      flatten([
        for policy in google_monitoring_alert_policy.this : [
          for condition in policy.conditions : [
            for promql in condition.condition_prometheus_query_language : [
              for found in regexall("sum_over_time\\(([^{]+?)(?:_bucket)?\\{", promql.query) : found[0]
            ]
          ]
        ]
      ]),
      [for metric in google_logging_metric.this : "logging_googleapis_com:user_${replace(metric.name, "-", "_")}"],
    )) == 0
    error_message = "queries name metrics that exist"
  }

  assert {
    condition = toset(flatten([
      for policy in google_monitoring_alert_policy.this : [
        for condition in policy.conditions : [for threshold in condition.condition_threshold : regexall("\"([^\"]*)\"", split("one_of", threshold.filter)[1])]
      ]
      ])) == toset([
      "pubsub.googleapis.com/subscription/num_undelivered_messages", "pubsub.googleapis.com/subscription/oldest_unacked_message_age",
      "shop-dead-letters-reader", "shop-extract-requests-push", "shop-loaded-deltas-push",
    ])
    error_message = "thresholds watch our own subscriptions"
  }

  assert {
    condition     = { for condition in google_monitoring_alert_policy.this["slow-handlers"].conditions : condition.display_name => sum(condition.condition_threshold[*].threshold_value) if length(condition.condition_threshold) > 0 } == { "a message has waited for 1800 s" = 1800 }
    error_message = "a message waits for too long"
  }

  assert {
    condition     = one(flatten([for condition in google_monitoring_alert_policy.this["slow-handlers"].conditions : condition.condition_prometheus_query_language[*].query])) == "histogram_quantile(0.95, sum by (stage, le) (sum_over_time(logging_googleapis_com:user_shop_handler_duration_bucket{monitored_resource=\"cloud_run_revision\"}[30m]))) > 480000"
    error_message = "an event takes longer than the budget"
  }

  assert {
    condition     = slice(reverse(google_logging_metric.this["handler-duration"].bucket_options[0].explicit_buckets[0].bounds), 0, 2) == tolist([590000, 480000])
    error_message = "the budget is a bucket's bound and not the last, or nothing would ever lie beyond it"
  }

  assert {
    condition     = alltrue(flatten([for policy in google_monitoring_alert_policy.this : [for condition in policy.conditions : condition.condition_prometheus_query_language[*].disable_metric_validation]]))
    error_message = "a policy can be made before its metric is known"
  }
}

run "stale" {
  assert {
    condition = {
      for condition in google_monitoring_alert_policy.this["stale-tables"].conditions : condition.display_name => condition.condition_prometheus_query_language[0].query
      } == {
      "older than 5400 s"                    = "(sum by (table) (sum_over_time(logging_googleapis_com:user_shop_runs{monitored_resource=\"cloud_run_revision\",outcome=~\"completed|empty\",table=~\"Order-Lines_2|orders\"}[5400s])) or label_replace(vector(0), \"table\", \"Order-Lines_2\", \"\", \"\") or label_replace(vector(0), \"table\", \"orders\", \"\", \"\")) == 0"
      "older than 89700 s"                   = "(sum by (table) (sum_over_time(logging_googleapis_com:user_shop_runs{monitored_resource=\"cloud_run_revision\",outcome=~\"completed|empty\",table=~\"prices\"}[89700s])) or label_replace(vector(0), \"table\", \"prices\", \"\", \"\")) == 0"
      "still older than 89701 s after a run" = "sum by (table) (sum_over_time(logging_googleapis_com:user_shop_older_than_89701{monitored_resource=\"cloud_run_revision\"}[30m])) > 0"
    }
    error_message = "each table by its own max_lag: ${jsonencode([for condition in google_monitoring_alert_policy.this["stale-tables"].conditions : condition.condition_prometheus_query_language[0].query])}"
  }

  # What a query may look back on such a metric, its retest included.
  assert {
    condition = alltrue(flatten([
      for policy in google_monitoring_alert_policy.this : [
        for condition in policy.conditions : [
          for promql in condition.condition_prometheus_query_language : [
            for found in regexall("\\[([0-9]+)s\\]", promql.query) : tonumber(found[0]) + tonumber(trimsuffix(promql.duration, "s")) <= 25 * 3600
          ]
        ]
      ]
    ]))
    error_message = "no condition looks back for more than 25 hours"
  }

  assert {
    condition     = google_logging_metric.this["older-than-89701"].filter == "resource.type=\"cloud_run_revision\" AND resource.labels.service_name=(\"shop-extractor\" OR \"shop-loader\" OR \"shop-merger\") AND jsonPayload.event=\"run_ended\" AND jsonPayload.lag_seconds>89701 AND jsonPayload.table=(\"yearly\")"
    error_message = google_logging_metric.this["older-than-89701"].filter
  }
}

run "many_lags" {
  variables {
    max_lags = merge({ for index in range(60) : "same${index}" => 60 }, { for index in range(7) : "other${index}" => 3600 + index })
  }

  assert {
    condition     = { for key, policy in google_monitoring_alert_policy.this : key => length(policy.conditions) if startswith(key, "stale") } == { stale-tables = 6, stale-tables-2 = 3 }
    error_message = "more conditions than one policy takes go into a second one"
  }

  assert {
    condition     = endswith(google_monitoring_alert_policy.this["stale-tables-2"].documentation[0].content, "#stale-tables")
    error_message = "of the same concern"
  }
}

run "metrics" {
  assert {
    condition     = google_logging_metric.this["failing-tables"].filter == "resource.type=\"cloud_run_revision\" AND resource.labels.service_name=(\"shop-extractor\" OR \"shop-loader\" OR \"shop-merger\") AND jsonPayload.event=\"run_ended\" AND jsonPayload.failures_in_a_row>=3"
    error_message = google_logging_metric.this["failing-tables"].filter
  }

  assert {
    condition     = google_logging_metric.this["runs"].label_extractors == tomap({ error_code = "EXTRACT(jsonPayload.error_code)", outcome = "EXTRACT(jsonPayload.outcome)", table = "EXTRACT(jsonPayload.table)" })
    error_message = "labels are the fields of the same names"
  }

  assert {
    condition     = google_logging_metric.this["run-rows"].value_extractor == "EXTRACT(jsonPayload.rows)" && google_logging_metric.this["run-rows"].metric_descriptor[0].value_type == "DISTRIBUTION"
    error_message = "rows are summed up from the field"
  }

  assert {
    condition     = alltrue([for metric in google_logging_metric.this : startswith(metric.name, "shop-")])
    error_message = "several deployments share a project"
  }
}

run "without_tables_and_subscriptions" {
  variables {
    disabled      = ["values-changed"]
    max_lags      = {}
    subscriptions = []
  }

  assert {
    condition     = toset(keys(google_monitoring_alert_policy.this)) == toset(["dead-letters", "failed-runs", "schema-changed", "slow-handlers", "stuck-runs"])
    error_message = "what nobody asked for is not watched: ${jsonencode(keys(google_monitoring_alert_policy.this))}"
  }

  assert {
    condition     = length(google_monitoring_alert_policy.this["slow-handlers"].conditions) == 1
    error_message = "Eventarc's subscriptions are not ours"
  }
}

run "a_concern_that_nobody_has" {
  command = plan

  variables {
    disabled = ["value-changed"]
  }

  expect_failures = [var.disabled]
}

run "more_failures_than_are_counted" {
  command = plan

  variables {
    failures_in_a_row = 21
  }

  expect_failures = [var.failures_in_a_row]
}

run "a_field_that_is_not_logged" {
  command = plan

  variables {
    log_events = {
      context = { run = "STRING", stage = "STRING", table = "STRING" }
      events = {
        dead_letter     = { error_code = "STRING" }
        delta_extracted = { bytes = "INT64" }
        event_handled   = { duration_ms = "INT64", result = "STRING" }
        run_abandoned   = {}
        run_ended       = { error_code = "STRING", failures = "INT64", lag_seconds = "INT64", outcome = "STRING", rows = "INT64" }
        values_changed  = {}
      }
      values = { good_outcomes = ["completed", "empty"], schema_error_codes = ["COLUMN_MISSING", "SOURCE_CHANGED"] }
    }
  }

  expect_failures = [google_logging_metric.this["failing-tables"]]
}
