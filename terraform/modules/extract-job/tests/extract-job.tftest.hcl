mock_provider "google" {
  source = "../../offline-check/mocks"
}

variables {
  environment     = { DELTAFERRY_BUCKET = "my-project-deltas" }
  identity        = "extractor@my-project.iam.gserviceaccount.com"
  image           = "europe-west1-docker.pkg.dev/my-project/deltaferry/extractor@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  max_retries     = 3
  name            = "shop-extract"
  project         = "my-project"
  region          = "europe-west1"
  secrets         = { SHOP_PASSWORD = { project = "vault", secret = "shop", version = "3" } }
  size            = { cpu = "2", memory = "2Gi" }
  starter         = "extractor@my-project.iam.gserviceaccount.com"
  task            = "com.example.Task"
  timeout_seconds = 86400
}

run "runs_as_described" {
  assert {
    condition     = google_cloud_run_v2_job.this.deletion_protection && google_cloud_run_v2_job.this.template[0].task_count == 1 && google_cloud_run_v2_job.this.template[0].parallelism == 1
    error_message = "one request, one task"
  }

  assert {
    condition     = google_cloud_run_v2_job.this.template[0].template[0].timeout == "86400s" && google_cloud_run_v2_job.this.template[0].template[0].max_retries == 3
    error_message = "timeout and retries as given"
  }

  assert {
    condition     = google_cloud_run_v2_job.this.template[0].template[0].service_account == "extractor@my-project.iam.gserviceaccount.com"
    error_message = "runs as its own identity"
  }

  assert {
    condition     = google_cloud_run_v2_job.this.template[0].template[0].containers[0].args == tolist(["com.example.Task"]) && length(coalesce(google_cloud_run_v2_job.this.template[0].template[0].containers[0].command, [])) == 0
    error_message = "the image's own entry runs the task"
  }

  assert {
    condition = { for variable in google_cloud_run_v2_job.this.template[0].template[0].containers[0].env : variable.name => variable.value if length(variable.value_source) == 0 } == {
      DELTAFERRY_BUCKET = "my-project-deltas"
    }
    error_message = "plain values are plain"
  }

  assert {
    condition = { for variable in google_cloud_run_v2_job.this.template[0].template[0].containers[0].env : variable.name => "${variable.value_source[0].secret_key_ref[0].secret} ${variable.value_source[0].secret_key_ref[0].version}" if length(variable.value_source) > 0 } == {
      SHOP_PASSWORD = "projects/vault/secrets/shop 3"
    }
    error_message = "secrets are references"
  }

  assert {
    condition     = google_cloud_run_v2_job.this.template[0].template[0].containers[0].resources[0].limits == tomap({ cpu = "2", memory = "2Gi" })
    error_message = "as large as given"
  }

  assert {
    condition     = length(google_cloud_run_v2_job.this.template[0].template[0].vpc_access) == 0
    error_message = "no network was given"
  }

  assert {
    condition     = google_cloud_run_v2_job_iam_member.starter.role == "roles/run.jobsExecutorWithOverrides" && google_cloud_run_v2_job_iam_member.starter.member == "serviceAccount:extractor@my-project.iam.gserviceaccount.com"
    error_message = "one account may start it, and no more"
  }

  assert {
    condition     = output.path == "projects/my-project/locations/europe-west1/jobs/shop-extract"
    error_message = "what the API calls it: ${output.path}"
  }
}

run "reaches_into_a_network" {
  variables {
    network = { egress = "PRIVATE_RANGES_ONLY", subnetwork = "services", tags = ["deltaferry"] }
  }

  assert {
    condition     = google_cloud_run_v2_job.this.template[0].template[0].vpc_access[0].egress == "PRIVATE_RANGES_ONLY" && google_cloud_run_v2_job.this.template[0].template[0].vpc_access[0].network_interfaces[0].subnetwork == "services"
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
