# Where messages end that no attempt could handle, and a subscription that keeps them until somebody looks: a topic without one loses
# them.

module "topic" {
  source = "../topic"

  labels     = var.labels
  name       = var.topic
  project    = var.project
  publishers = var.publishers
}

resource "google_pubsub_subscription" "reader" {
  ack_deadline_seconds       = var.subscription.ack_deadline_seconds
  labels                     = var.labels
  message_retention_duration = "${var.subscription.message_retention_seconds}s"
  name                       = var.subscription.name
  project                    = var.project
  topic                      = module.topic.id

  expiration_policy {
    ttl = "" # never, however long nothing goes wrong
  }
}
