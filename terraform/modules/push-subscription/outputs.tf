output "name" {
  description = "Name of the subscription."
  value       = google_pubsub_subscription.this.name
}

output "subscription" {
  description = "The subscription."
  value       = google_pubsub_subscription.this
}
