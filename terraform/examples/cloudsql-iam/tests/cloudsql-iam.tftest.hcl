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

run "logs_in_as_itself" {
  assert {
    condition     = google_sql_user.extractor.type == "CLOUD_IAM_SERVICE_ACCOUNT" && !endswith(google_sql_user.extractor.name, "gserviceaccount.com")
    error_message = "the extractor has a role in the database"
  }

  assert {
    condition     = output.deployment.topics.extract_requests == "shop-extract-requests" && output.deployment.services.extractor.name == "shop-extractor"
    error_message = "a deployment among several has names of its own"
  }

  assert {
    condition     = jsonencode(output.deployment.datasets) == jsonencode({ control = "deltaferry_shop_control", staging = "deltaferry_shop_staging", targets = ["shop"] })
    error_message = jsonencode(output.deployment.datasets)
  }
}
