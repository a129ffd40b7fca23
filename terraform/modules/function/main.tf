# One of the three services as a Cloud Function of the second generation, built from an archive. It is the same HTTP function that the image
# holds: no event trigger of its own, since one would end it after 540 seconds and bring a subscription that takes no dead-letter policy.

resource "google_storage_bucket_object" "archive" {
  bucket = var.archive.bucket
  name   = "${var.archive.directory}/${var.name}-${filemd5(var.archive.path)}.zip" # another archive is another object, and another build
  source = var.archive.path
}

resource "google_cloudfunctions2_function" "this" {
  labels   = var.labels
  location = var.region
  name     = var.name
  project  = var.project

  build_config {
    entry_point     = var.entry_point
    runtime         = var.runtime
    service_account = var.build_identity

    source {
      storage_source {
        bucket     = google_storage_bucket_object.archive.bucket
        generation = google_storage_bucket_object.archive.generation
        object     = google_storage_bucket_object.archive.name
      }
    }
  }

  service_config {
    all_traffic_on_latest_revision   = true
    available_cpu                    = var.size.cpu
    available_memory                 = var.size.memory
    environment_variables            = var.environment
    ingress_settings                 = "ALLOW_INTERNAL_ONLY" # pushes from the same project count as internal
    max_instance_count               = var.size.max_instances
    max_instance_request_concurrency = var.size.concurrency
    min_instance_count               = var.size.min_instances
    service_account_email            = var.identity
    timeout_seconds                  = var.timeout_seconds

    # Version 6 of the provider knows no other way into a network.
    vpc_connector                 = var.connector
    vpc_connector_egress_settings = var.connector == null ? null : "PRIVATE_RANGES_ONLY"

    dynamic "secret_environment_variables" {
      for_each = var.secrets

      content {
        key        = secret_environment_variables.key
        project_id = secret_environment_variables.value.project
        secret     = secret_environment_variables.value.secret
        version    = secret_environment_variables.value.version
      }
    }
  }
}

# A function of the second generation is a Cloud Run service of the same name, and is called as one.
resource "google_cloud_run_v2_service_iam_member" "caller" {
  location = google_cloudfunctions2_function.this.location
  member   = "serviceAccount:${var.caller}"
  name     = google_cloudfunctions2_function.this.name
  project  = var.project
  role     = "roles/run.invoker"
}
