# One of the three services on Cloud Run, and who may call it. Its identity and that one's grants are made before it, or its first revision
# could not start.

resource "google_cloud_run_v2_service" "this" {
  deletion_protection = var.deletion_protection
  labels              = var.labels
  location            = var.region
  name                = var.name
  project             = var.project

  # Pushes of Pub/Sub and Eventarc from the same project count as internal; nothing else calls a service. Only its run.app address takes
  # them: that address, without a path, is the audience of their tokens.
  ingress = "INGRESS_TRAFFIC_INTERNAL_ONLY"

  template {
    execution_environment            = "EXECUTION_ENVIRONMENT_GEN2"
    labels                           = var.labels
    max_instance_request_concurrency = var.size.concurrency
    service_account                  = var.identity
    timeout                          = "${var.timeout_seconds}s"

    containers {
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

      # An instance whose function hangs is replaced; one that is busy still answers.
      liveness_probe {
        failure_threshold = 3
        period_seconds    = 60
        timeout_seconds   = 10

        http_get {
          path = var.health_path
        }
      }

      resources {
        cpu_idle          = true # nothing runs between requests
        startup_cpu_boost = true

        limits = {
          cpu    = var.size.cpu
          memory = var.size.memory
        }
      }

      # Up to four minutes for the virtual machine, the clients and the table file.
      startup_probe {
        failure_threshold = 48
        period_seconds    = 5
        timeout_seconds   = 5

        http_get {
          path = var.health_path
        }
      }
    }

    scaling {
      max_instance_count = var.size.max_instances
      min_instance_count = var.size.min_instances
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

resource "google_cloud_run_v2_service_iam_member" "caller" {
  location = google_cloud_run_v2_service.this.location
  member   = "serviceAccount:${var.caller}"
  name     = google_cloud_run_v2_service.this.name
  project  = var.project
  role     = "roles/run.invoker"
}
