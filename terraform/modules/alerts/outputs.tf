output "metrics" {
  description = "The metrics."
  value       = google_logging_metric.this
}

output "metric_names" {
  description = "Names of the metrics that do not depend on the tables."
  value       = { for key, metric in google_logging_metric.this : key => metric.name if !startswith(key, "older-than-") }
}

output "policies" {
  description = "The policies."
  value       = google_monitoring_alert_policy.this
}

output "policy_names" {
  description = "Names of the policies by concern; further ones of a concern have a number behind it."
  value       = { for key, policy in google_monitoring_alert_policy.this : key => policy.name }
}
