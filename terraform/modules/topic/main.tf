# A topic, and who may publish to it.

resource "google_pubsub_topic" "this" {
  labels  = var.labels
  name    = var.name
  project = var.project
}

resource "google_pubsub_topic_iam_member" "publisher" {
  for_each = var.publishers

  member  = each.value
  project = google_pubsub_topic.this.project
  role    = "roles/pubsub.publisher"
  topic   = google_pubsub_topic.this.name
}
