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

run "a_schedule_for_each" {
  assert {
    condition     = length(output.deployment.schedules) == 32 && !contains(keys(output.deployment.schedules), "audit_log")
    error_message = "each table with a schedule has a job: ${length(output.deployment.schedules)}"
  }

  assert {
    condition     = jsonencode(output.deployment.datasets.targets) == jsonencode(["erp", "erp_people", "erp_sales", "erp_stock", "erp_web"])
    error_message = "each target's dataset is known: ${jsonencode(output.deployment.datasets.targets)}"
  }

  assert {
    condition     = output.deployment.subscriptions.merger == "erp-loaded-deltas-push"
    error_message = "names with the table file's prefix"
  }
}
