output "endpoint" {
  description = "Name, region and address of the function's service, once its caller may call it."
  value = {
    name   = google_cloudfunctions2_function.this.name
    region = google_cloudfunctions2_function.this.location
    uri    = google_cloudfunctions2_function.this.service_config[0].uri
  }

  depends_on = [google_cloud_run_v2_service_iam_member.caller]
}

output "service" {
  description = "The function."
  value       = google_cloudfunctions2_function.this
}
