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

run "reached_privately" {
  assert {
    condition     = google_alloydb_user.extractor.user_type == "ALLOYDB_IAM_USER" && !endswith(google_alloydb_user.extractor.user_id, "gserviceaccount.com")
    error_message = "the extractor has a role in the database"
  }

  assert {
    condition     = jsonencode(output.deployment.schedules) == jsonencode({ order_lines = "deltaferry-order_lines", orders = "deltaferry-orders" })
    error_message = jsonencode(output.deployment.schedules)
  }
}
