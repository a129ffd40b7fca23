# Pushes a topic's messages to a service. The message comes wrapped: the envelope carries the attributes, and scheduled requests are known
# by one.

resource "google_pubsub_subscription" "this" {
  ack_deadline_seconds       = var.delivery.ack_deadline_seconds
  labels                     = var.labels
  message_retention_duration = "${var.delivery.message_retention_seconds}s"
  name                       = var.name
  project                    = var.project
  topic                      = var.topic_id

  expiration_policy {
    ttl = "" # never: a table may rest for longer than the 31 days after which it would
  }

  push_config {
    push_endpoint = var.endpoint.uri

    oidc_token {
      audience              = var.endpoint.uri # the service's address without a path: Cloud Run takes no other
      service_account_email = var.endpoint.caller
    }
  }

  # Without it a refused message comes again at once, and a service that is briefly away uses its attempts up within seconds.
  retry_policy {
    maximum_backoff = "${var.delivery.maximum_backoff_seconds}s"
    minimum_backoff = "${var.delivery.minimum_backoff_seconds}s"
  }

  dynamic "dead_letter_policy" {
    for_each = var.dead_letters[*]

    content {
      dead_letter_topic     = dead_letter_policy.value.topic_id
      max_delivery_attempts = dead_letter_policy.value.max_delivery_attempts
    }
  }
}

# Pub/Sub takes a message off this subscription before it publishes it as a dead letter.
resource "google_pubsub_subscription_iam_member" "agent" {
  for_each = var.dead_letters == null ? {} : { pubsub = var.dead_letters.agent }

  member       = each.value
  project      = google_pubsub_subscription.this.project
  role         = "roles/pubsub.subscriber"
  subscription = google_pubsub_subscription.this.name
}
