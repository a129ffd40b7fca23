mock_provider "google" {
  source = "../../offline-check/mocks"
}

variables {
  caller          = "push@my-project.iam.gserviceaccount.com"
  environment     = { DELTAFERRY_BUCKET = "my-project-deltas" }
  health_path     = "/health"
  identity        = "extractor@my-project.iam.gserviceaccount.com"
  image           = "europe-west1-docker.pkg.dev/my-project/deltaferry/extractor@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  name            = "shop-extractor"
  project         = "my-project"
  region          = "europe-west1"
  secrets         = { SHOP_PASSWORD = { project = "vault", secret = "shop", version = "3" } }
  size            = { concurrency = 1, cpu = "2", max_instances = 4, memory = "1Gi", min_instances = 0 }
  timeout_seconds = 590
}

run "runs_as_described" {
  assert {
    condition     = google_cloud_run_v2_service.this.ingress == "INGRESS_TRAFFIC_INTERNAL_ONLY" && google_cloud_run_v2_service.this.deletion_protection
    error_message = "reached from within only, and not destroyed by accident"
  }

  assert {
    condition     = google_cloud_run_v2_service.this.template[0].timeout == "590s" && google_cloud_run_v2_service.this.template[0].max_instance_request_concurrency == 1
    error_message = "timeout and concurrency as given"
  }

  assert {
    condition     = google_cloud_run_v2_service.this.template[0].service_account == "extractor@my-project.iam.gserviceaccount.com"
    error_message = "runs as its own identity"
  }

  assert {
    condition     = google_cloud_run_v2_service.this.template[0].containers[0].startup_probe[0].http_get[0].path == "/health" && google_cloud_run_v2_service.this.template[0].containers[0].liveness_probe[0].http_get[0].path == "/health"
    error_message = "both probes ask the service itself"
  }

  assert {
    condition = { for variable in google_cloud_run_v2_service.this.template[0].containers[0].env : variable.name => variable.value if length(variable.value_source) == 0 } == {
      DELTAFERRY_BUCKET = "my-project-deltas"
    }
    error_message = "plain values are plain"
  }

  assert {
    condition = { for variable in google_cloud_run_v2_service.this.template[0].containers[0].env : variable.name => "${variable.value_source[0].secret_key_ref[0].secret} ${variable.value_source[0].secret_key_ref[0].version}" if length(variable.value_source) > 0 } == {
      SHOP_PASSWORD = "projects/vault/secrets/shop 3"
    }
    error_message = "secrets are references"
  }

  assert {
    condition     = length(google_cloud_run_v2_service.this.template[0].vpc_access) == 0
    error_message = "no network was given"
  }

  assert {
    condition     = google_cloud_run_v2_service_iam_member.caller.role == "roles/run.invoker" && google_cloud_run_v2_service_iam_member.caller.member == "serviceAccount:push@my-project.iam.gserviceaccount.com"
    error_message = "one account may call it"
  }
}

run "reaches_into_a_network" {
  variables {
    network = { egress = "PRIVATE_RANGES_ONLY", subnetwork = "services", tags = ["deltaferry"] }
  }

  assert {
    condition     = google_cloud_run_v2_service.this.template[0].vpc_access[0].egress == "PRIVATE_RANGES_ONLY" && google_cloud_run_v2_service.this.template[0].vpc_access[0].network_interfaces[0].subnetwork == "services"
    error_message = "directly, without a connector"
  }
}

run "image_by_tag" {
  command = plan

  variables {
    image = "europe-west1-docker.pkg.dev/my-project/deltaferry/extractor:latest"
  }

  expect_failures = [var.image]
}

run "path_of_the_platform" {
  command = plan

  variables {
    health_path = "/healthz"
  }

  expect_failures = [var.health_path]
}
