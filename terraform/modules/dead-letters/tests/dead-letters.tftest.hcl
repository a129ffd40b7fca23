mock_provider "google" {
  source = "../../offline-check/mocks"
}

run "kept_until_read" {
  variables {
    project      = "my-project"
    publishers   = { pubsub = "serviceAccount:service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com" }
    subscription = { ack_deadline_seconds = 60, message_retention_seconds = 2678400, name = "dead-letters-reader" }
    topic        = "dead-letters"
  }

  assert {
    condition     = google_pubsub_subscription.reader.topic == output.topic_id && output.topic_name == "dead-letters"
    error_message = "the topic has a subscription"
  }

  assert {
    condition     = google_pubsub_subscription.reader.expiration_policy[0].ttl == ""
    error_message = "the subscription never expires"
  }

  assert {
    condition     = google_pubsub_subscription.reader.message_retention_duration == "2678400s"
    error_message = "dead letters are kept for 31 days"
  }
}
