# What a deployment does, on one page: rows, bytes, lag and failures of each table, and whether events come through.

locals {
  series = { for key, name in var.metrics : key => "logging_googleapis_com:user_${replace(name, "-", "_")}" }

  # What logs. A selector that names none, or two at once, is refused where a metric has points of more than one kind.
  resources = concat(["cloud_run_revision"], var.jobs ? ["cloud_run_job"] : [])

  # Points of these metrics are deltas: what is added up is what happened in that hour.
  hour = {
    for name, series in {
      bytes     = "${local.series.run-bytes}_sum"
      duration  = "${local.series.handler-duration}_bucket"
      lag       = "${local.series.run-lag}_sum"
      lag_count = "${local.series.run-lag}_count"
      rows      = "${local.series.run-rows}_sum"
      runs      = local.series.runs
    } : name => join(" or ", [for resource in local.resources : "sum_over_time(${series}{monitored_resource=\"${resource}\"}[1h])"])
  }

  queries = {
    "Age of runs' data at their end, in seconds" = { lines = true, query = "sum by (table) (${local.hour.lag}) / sum by (table) (${local.hour.lag_count})" }
    "Bytes staged in an hour"                    = { lines = false, query = "sum by (table) (${local.hour.bytes})" }
    "Failed runs in an hour"                     = { lines = false, query = "sum by (table, error_code) (${replace(local.hour.runs, "}", ",outcome=\"failed\"}")})" }
    "Milliseconds that 95 of 100 events take"    = { lines = true, query = "histogram_quantile(0.95, sum by (stage, le) (${local.hour.duration}))" }
    "Rows brought to the targets in an hour"     = { lines = false, query = "sum by (table) (${local.hour.rows})" }
    "Runs in an hour, by their end"              = { lines = false, query = "sum by (outcome) (${local.hour.runs})" }
  }

  # Of Pub/Sub itself.
  gauges = merge(
    { "Dead letters that wait" = { metric = "num_undelivered_messages", names = [var.dead_letters] } },
    { for names in [var.subscriptions] : "Seconds that the oldest message waits" => { metric = "oldest_unacked_message_age", names = names } if length(names) > 0 },
  )

  limits = { "Milliseconds that 95 of 100 events take" = var.handler.budget_seconds * 1000 }

  charts = merge(
    { for title, chart in local.queries : title => { query = { prometheusQuery = chart.query }, type = chart.lines ? "LINE" : "STACKED_BAR" } },
    {
      for title, gauge in local.gauges : title => {
        query = {
          timeSeriesFilter = {
            aggregation = { alignmentPeriod = "60s", perSeriesAligner = "ALIGN_MAX" }
            filter      = "metric.type=\"pubsub.googleapis.com/subscription/${gauge.metric}\" resource.type=\"pubsub_subscription\" resource.labels.subscription_id=one_of(${join(",", [for name in gauge.names : "\"${name}\""])})"
          }
        }
        type = "LINE"
      }
    },
  )

  # What people look at first comes first.
  order = concat(
    ["Rows brought to the targets in an hour", "Age of runs' data at their end, in seconds", "Failed runs in an hour", "Dead letters that wait"],
    ["Runs in an hour, by their end", "Milliseconds that 95 of 100 events take", "Bytes staged in an hour"],
    [for title in keys(local.gauges) : title if title != "Dead letters that wait"],
  )

  # Two charts a row, below a line of text.
  tiles = [
    for index, title in local.order : {
      height = 16
      width  = 24
      xPos   = index % 2 * 24
      yPos   = 4 + floor(index / 2) * 16

      widget = {
        title = title

        xyChart = {
          dataSets   = [{ plotType = local.charts[title].type, timeSeriesQuery = local.charts[title].query }]
          thresholds = [for limited, value in local.limits : { value = value } if limited == title]
        }
      }
    }
  ]

  text = {
    height = 4
    width  = 48
    xPos   = 0
    yPos   = 0
    widget = { text = { content = "What the alerts mean and what to do: ${var.runbook}", format = "MARKDOWN" } }
  }
}

resource "google_monitoring_dashboard" "this" {
  project = var.project

  dashboard_json = jsonencode({
    displayName  = "Deltaferry ${var.name}"
    mosaicLayout = { columns = 48, tiles = concat([local.text], local.tiles) }
  })
}
