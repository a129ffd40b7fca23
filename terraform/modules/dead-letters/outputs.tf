output "subscription" {
  description = "Name of the subscription that keeps the dead letters."
  value       = google_pubsub_subscription.reader.name
}

output "topic_id" {
  description = "The topic's full name, once it may be published to and keeps what comes."
  value       = module.topic.id

  depends_on = [google_pubsub_subscription.reader]
}

output "topic_name" {
  description = "The topic's name."
  value       = module.topic.name
}
