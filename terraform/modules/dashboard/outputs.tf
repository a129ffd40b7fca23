output "id" {
  description = "The dashboard."
  value       = google_monitoring_dashboard.this.id
}
