mock_provider "google" {
  source = "../../offline-check/mocks"
}

variables {
  archive         = { bucket = "my-project-deltas", directory = "config/archives", path = "tests/archive.zip" }
  caller          = "push@my-project.iam.gserviceaccount.com"
  entry_point     = "io.deltaferry.extractor.ExtractorFunction"
  environment     = { DELTAFERRY_BUCKET = "my-project-deltas" }
  identity        = "extractor@my-project.iam.gserviceaccount.com"
  name            = "shop-extractor"
  project         = "my-project"
  region          = "europe-west1"
  secrets         = { SHOP_PASSWORD = { project = "vault", secret = "shop", version = "3" } }
  size            = { concurrency = 1, cpu = "2", max_instances = 4, memory = "1Gi", min_instances = 0 }
  timeout_seconds = 590
}

run "built_and_called_like_a_service" {
  assert {
    condition     = google_storage_bucket_object.archive.name == "config/archives/shop-extractor-${filemd5("tests/archive.zip")}.zip"
    error_message = "each archive has an object of its own"
  }

  assert {
    condition     = google_cloudfunctions2_function.this.build_config[0].entry_point == "io.deltaferry.extractor.ExtractorFunction" && google_cloudfunctions2_function.this.build_config[0].runtime == "java21"
    error_message = "the same class that the image runs"
  }

  assert {
    condition     = length(google_cloudfunctions2_function.this.event_trigger) == 0
    error_message = "an HTTP function"
  }

  assert {
    condition     = google_cloudfunctions2_function.this.service_config[0].timeout_seconds == 590 && google_cloudfunctions2_function.this.service_config[0].max_instance_request_concurrency == 1
    error_message = "timeout and concurrency as given"
  }

  assert {
    condition     = google_cloudfunctions2_function.this.service_config[0].ingress_settings == "ALLOW_INTERNAL_ONLY"
    error_message = "reached from within only"
  }

  assert {
    condition     = [for secret in google_cloudfunctions2_function.this.service_config[0].secret_environment_variables : "${secret.key} ${secret.project_id} ${secret.secret} ${secret.version}"] == ["SHOP_PASSWORD vault shop 3"]
    error_message = "secrets are references"
  }

  assert {
    condition     = google_cloud_run_v2_service_iam_member.caller.role == "roles/run.invoker" && google_cloud_run_v2_service_iam_member.caller.name == "shop-extractor"
    error_message = "one account may call it"
  }
}

run "reaches_into_a_network" {
  variables {
    connector = "projects/my-project/locations/europe-west1/connectors/shop"
  }

  assert {
    condition     = google_cloudfunctions2_function.this.service_config[0].vpc_connector_egress_settings == "PRIVATE_RANGES_ONLY"
    error_message = "for private addresses only"
  }
}

run "another_runtime" {
  command = plan

  variables {
    runtime = "java11"
  }

  expect_failures = [var.runtime]
}
