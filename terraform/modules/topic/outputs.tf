output "id" {
  description = "The topic's full name, once its publishers may publish."
  value       = google_pubsub_topic.this.id

  depends_on = [google_pubsub_topic_iam_member.publisher]
}

output "name" {
  description = "The topic's name."
  value       = google_pubsub_topic.this.name
}
