# What is watched follows from the table file, from topology.json and from log-events.json.

mock_provider "google" {
  source = "./offline-check/mocks"
}

variables {
  alerts = { channels = ["projects/my-project/notificationChannels/123"], runbook = "https://example.com/runbook" }
  images = {
    extractor = "europe-west1-docker.pkg.dev/my-project/deltaferry/extractor@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    loader    = "europe-west1-docker.pkg.dev/my-project/deltaferry/loader@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    merger    = "europe-west1-docker.pkg.dev/my-project/deltaferry/merger@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  }
  name       = "shop"
  region     = "europe-west1"
  secrets    = { SHOP_PASSWORD = { secret = "shop-password" } }
  table_file = "tests/tables.yaml"
}

run "policies" {
  assert {
    condition     = toset(keys(output.alerts)) == toset(keys(jsondecode(file("modules/alerts/concerns.json"))))
    error_message = "a policy for each concern: ${jsonencode(output.alerts)}"
  }

  assert {
    condition     = alltrue([for policy in module.alerts[0].policies : policy.notification_channels == tolist(["projects/my-project/notificationChannels/123"])])
    error_message = "each tells the channels"
  }

  assert {
    condition = toset(flatten([
      for policy in module.alerts[0].policies : [
        for condition in policy.conditions : [for threshold in condition.condition_threshold : [for found in regexall("\"([^\"]*)\"", split(" AND ", threshold.filter)[1]) : found[0]]]
      ]
    ])) == toset(concat([output.dead_letters.subscription], values(output.subscriptions)))
    error_message = "the subscriptions that are watched are those that are made"
  }

  assert {
    condition = [for condition in module.alerts[0].policies["slow-handlers"].conditions : condition.condition_threshold[0].threshold_value if length(condition.condition_threshold) > 0] == [
      3 * jsondecode(file("topology.json")).push.ack_deadline_seconds
    ]
    error_message = "a message may wait for some deliveries"
  }

  assert {
    condition = alltrue([
      for condition in module.alerts[0].policies["slow-handlers"].conditions :
      endswith(condition.condition_prometheus_query_language[0].query, " > ${jsondecode(file("topology.json")).handler.budget_seconds * 1000}") if length(condition.condition_prometheus_query_language) > 0
    ])
    error_message = "an event may take as long as its handler"
  }
}

run "lags" {
  assert {
    condition     = { for condition in module.alerts[0].policies["stale-tables"].conditions : condition.display_name => length(regexall("orders|Order-Lines_2", condition.condition_prometheus_query_language[0].query)) > 0 } == { "older than 2700 s" = true, "still older than 266400 s after a run" = false }
    error_message = "as old as the table file allows"
  }

  assert {
    condition     = strcontains(module.alerts[0].metrics["older-than-266400"].filter, "jsonPayload.lag_seconds>266400 AND jsonPayload.table=(\"Order-Lines_2\")")
    error_message = module.alerts[0].metrics["older-than-266400"].filter
  }
}

run "metrics" {
  assert {
    condition = alltrue([
      for metric in module.alerts[0].metrics : strcontains(metric.filter, "resource.labels.service_name=(${join(" OR ", [for service in output.services : "\"${service.name}\""])})")
    ])
    error_message = "the logs of our services are counted"
  }

  assert {
    condition = alltrue([
      for metric in module.alerts[0].metrics : contains(keys(jsondecode(file("log-events.json")).events), one(regex("jsonPayload.event=\"([a-z_]+)\"", metric.filter)))
    ])
    error_message = "the events are those that the services log"
  }

  assert {
    condition     = toset(distinct(flatten([for metric in module.alerts[0].metrics : [for label, extractor in metric.label_extractors : extractor == "EXTRACT(jsonPayload.${label})"]]))) == toset([true])
    error_message = "labels are fields"
  }
}

run "none" {
  variables {
    alerts = null
  }

  assert {
    condition     = output.alerts == null && output.dashboard == null
    error_message = "nobody is told, and nothing is shown"
  }

  assert {
    condition     = !contains(local.apis, "monitoring")
    error_message = "an API that nobody uses stays off"
  }
}

run "channels_by_address" {
  command = plan

  variables {
    alerts = { channels = ["me@example.com"] }
  }

  expect_failures = [var.alerts]
}
