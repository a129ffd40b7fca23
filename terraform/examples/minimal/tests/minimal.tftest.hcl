mock_provider "google" {
  source = "../../offline-check/mocks"
}

variables {
  images = {
    extractor = "europe-west1-docker.pkg.dev/my-project/deltaferry/extractor@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    loader    = "europe-west1-docker.pkg.dev/my-project/deltaferry/loader@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    merger    = "europe-west1-docker.pkg.dev/my-project/deltaferry/merger@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  }
}

run "everything_at_its_defaults" {
  assert {
    condition     = jsonencode(output.deployment.schedules) == jsonencode({ customers = "deltaferry-customers", orders = "deltaferry-orders" })
    error_message = "both tables are scheduled: ${jsonencode(output.deployment.schedules)}"
  }

  assert {
    condition     = output.deployment.subscriptions.extractor == "extract-requests-push" && output.deployment.dead_letters.subscription == "dead-letters-reader"
    error_message = "names without a prefix"
  }

  assert {
    condition     = jsonencode(output.deployment.datasets) == jsonencode({ control = "shop_control", staging = "shop_staging", targets = ["shop"] })
    error_message = jsonencode(output.deployment.datasets)
  }

  assert {
    condition     = output.deployment.table_file == "gs://my-project-deltas/config/tables.yaml"
    error_message = output.deployment.table_file
  }
}
