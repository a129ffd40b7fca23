# The extractor as a Cloud Run job, for extracts that no request has time for, and who may start it. Its identity and that one's grants are
# made before it, as the service's are.

resource "google_cloud_run_v2_job" "this" {
  deletion_protection = var.deletion_protection
  labels              = var.labels
  location            = var.region
  name                = var.name
  project             = var.project

  template {
    labels      = var.labels
    parallelism = 1
    task_count  = 1

    template {
      execution_environment = "EXECUTION_ENVIRONMENT_GEN2"
      max_retries           = var.max_retries
      service_account       = var.identity
      timeout               = "${var.timeout_seconds}s"

      containers {
        args  = [var.task] # behind the image's own entry, which runs it in the place of the function
        image = var.image

        dynamic "env" {
          for_each = var.environment

          content {
            name  = env.key
            value = env.value
          }
        }

        dynamic "env" {
          for_each = var.secrets

          content {
            name = env.key

            value_source {
              secret_key_ref {
                secret  = "projects/${env.value.project}/secrets/${env.value.secret}"
                version = env.value.version
              }
            }
          }
        }

        resources {
          limits = {
            cpu    = var.size.cpu
            memory = var.size.memory
          }
        }
      }

      dynamic "vpc_access" {
        for_each = var.network[*]

        content {
          egress = vpc_access.value.egress

          network_interfaces {
            network    = vpc_access.value.network
            subnetwork = vpc_access.value.subnetwork
            tags       = vpc_access.value.tags
          }
        }
      }
    }
  }
}

# The narrowest role that starts an execution with the request in its environment; it can cancel executions too, and change nothing.
resource "google_cloud_run_v2_job_iam_member" "starter" {
  location = google_cloud_run_v2_job.this.location
  member   = "serviceAccount:${var.starter}"
  name     = google_cloud_run_v2_job.this.name
  project  = var.project
  role     = "roles/run.jobsExecutorWithOverrides"
}
