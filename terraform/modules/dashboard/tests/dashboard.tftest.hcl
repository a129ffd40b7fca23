mock_provider "google" {
  source = "../../offline-check/mocks"
}

variables {
  dead_letters = "shop-dead-letters-reader"
  handler      = { budget_seconds = 480, timeout_seconds = 590 }
  metrics = {
    handler-duration = "shop-handler-duration"
    run-bytes        = "shop-run-bytes"
    run-lag          = "shop-run-lag"
    run-rows         = "shop-run-rows"
    runs             = "shop-runs"
  }
  name          = "shop"
  project       = "my-project"
  runbook       = "https://example.com/runbook"
  subscriptions = ["shop-extract-requests-push"]
}

run "charts" {
  assert {
    condition     = [for tile in jsondecode(google_monitoring_dashboard.this.dashboard_json).mosaicLayout.tiles : try(tile.widget.title, "")][0] == "" && length(jsondecode(google_monitoring_dashboard.this.dashboard_json).mosaicLayout.tiles) == 9
    error_message = "a line of text and eight charts"
  }

  # Every metric that a query adds up was given, and every one given is shown.
  assert {
    condition = toset(flatten([
      for tile in jsondecode(google_monitoring_dashboard.this.dashboard_json).mosaicLayout.tiles :
      try([for found in regexall("user_([a-z_]+?)(?:_bucket|_sum|_count)?\\{", tile.widget.xyChart.dataSets[0].timeSeriesQuery.prometheusQuery) : found[0]], [])
    ])) == toset([for name in values(var.metrics) : replace(name, "-", "_")])
    error_message = google_monitoring_dashboard.this.dashboard_json
  }

  assert {
    condition = toset(flatten([
      for tile in jsondecode(google_monitoring_dashboard.this.dashboard_json).mosaicLayout.tiles :
      try([tile.widget.xyChart.dataSets[0].timeSeriesQuery.timeSeriesFilter.filter], [])
      ])) == toset([
      "metric.type=\"pubsub.googleapis.com/subscription/num_undelivered_messages\" resource.type=\"pubsub_subscription\" resource.labels.subscription_id=one_of(\"shop-dead-letters-reader\")",
      "metric.type=\"pubsub.googleapis.com/subscription/oldest_unacked_message_age\" resource.type=\"pubsub_subscription\" resource.labels.subscription_id=one_of(\"shop-extract-requests-push\")",
    ])
    error_message = "the subscriptions that were given"
  }

  # No tile lies on another, and none beyond the edge.
  assert {
    condition     = length(distinct([for tile in jsondecode(google_monitoring_dashboard.this.dashboard_json).mosaicLayout.tiles : "${tile.xPos} ${tile.yPos}"])) == 9 && alltrue([for tile in jsondecode(google_monitoring_dashboard.this.dashboard_json).mosaicLayout.tiles : tile.xPos + tile.width <= 48])
    error_message = "tiles lie side by side"
  }
}

run "jobs" {
  variables {
    jobs = true
  }

  assert {
    condition = alltrue([
      for tile in jsondecode(google_monitoring_dashboard.this.dashboard_json).mosaicLayout.tiles :
      length(regexall("cloud_run_job", tile.widget.xyChart.dataSets[0].timeSeriesQuery.prometheusQuery)) == length(regexall("cloud_run_revision", tile.widget.xyChart.dataSets[0].timeSeriesQuery.prometheusQuery))
      if can(tile.widget.xyChart.dataSets[0].timeSeriesQuery.prometheusQuery)
    ])
    error_message = "what a job logs is shown too"
  }
}

run "without_subscriptions" {
  variables {
    subscriptions = []
  }

  assert {
    condition     = length(jsondecode(google_monitoring_dashboard.this.dashboard_json).mosaicLayout.tiles) == 8
    error_message = "Eventarc's subscriptions are not ours"
  }
}
