mock_provider "google" {
  source = "../../offline-check/mocks"
}

variables {
  archives = { extractor = "tests/archive.zip", loader = "tests/archive.zip", merger = "tests/archive.zip" }
}

run "called_by_eventarc" {
  assert {
    condition     = length(output.deployment.subscriptions) == 0 && contains(keys(output.deployment.identities), "trigger")
    error_message = "Eventarc makes the subscriptions"
  }

  assert {
    condition     = jsonencode(output.deployment.schedules) == jsonencode({ orders = "deltaferry-orders" })
    error_message = "a table without a schedule runs on request only: ${jsonencode(output.deployment.schedules)}"
  }

  assert {
    condition     = alltrue([for service in output.deployment.services : startswith(service.uri, "https://")])
    error_message = "each function has an address"
  }
}
