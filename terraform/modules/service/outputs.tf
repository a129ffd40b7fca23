output "endpoint" {
  description = "Name, region and address of the service, once its caller may call it."
  value = {
    name   = google_cloud_run_v2_service.this.name
    region = google_cloud_run_v2_service.this.location
    uri    = google_cloud_run_v2_service.this.uri
  }

  depends_on = [google_cloud_run_v2_service_iam_member.caller]
}

output "service" {
  description = "The service."
  value       = google_cloud_run_v2_service.this
}
