mock_provider "google" {
  source = "../../offline-check/mocks"
}

variables {
  dead_letters = {
    agent                 = "serviceAccount:service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com"
    max_delivery_attempts = 20
    topic_id              = "projects/my-project/topics/dead-letters"
  }
  delivery = { ack_deadline_seconds = 600, maximum_backoff_seconds = 300, message_retention_seconds = 604800, minimum_backoff_seconds = 10 }
  endpoint = { caller = "push@my-project.iam.gserviceaccount.com", uri = "https://extractor-123456789012.europe-west1.run.app" }
  name     = "extract-requests-push"
  project  = "my-project"
  topic_id = "projects/my-project/topics/extract-requests"
}

run "pushes_for_ever_as_the_caller" {
  assert {
    condition     = google_pubsub_subscription.this.push_config[0].oidc_token[0].service_account_email == "push@my-project.iam.gserviceaccount.com"
    error_message = "each push is signed"
  }

  assert {
    condition     = google_pubsub_subscription.this.push_config[0].oidc_token[0].audience == "https://extractor-123456789012.europe-west1.run.app"
    error_message = "the audience is the service's address without a path"
  }

  assert {
    condition     = length(google_pubsub_subscription.this.push_config[0].no_wrapper) == 0
    error_message = "the envelope carries the attributes"
  }

  assert {
    condition     = google_pubsub_subscription.this.expiration_policy[0].ttl == "" && google_pubsub_subscription.this.ack_deadline_seconds == 600
    error_message = "never expires, and waits as long as Pub/Sub can"
  }

  assert {
    condition     = google_pubsub_subscription.this.retry_policy[0].minimum_backoff == "10s" && google_pubsub_subscription.this.retry_policy[0].maximum_backoff == "300s"
    error_message = "attempts are spaced out"
  }

  assert {
    condition     = google_pubsub_subscription.this.dead_letter_policy[0].max_delivery_attempts == 20
    error_message = "dead-lettered after 20 attempts"
  }

  assert {
    condition     = [for grant in google_pubsub_subscription_iam_member.agent : "${grant.role} on ${grant.subscription}"] == ["roles/pubsub.subscriber on extract-requests-push"]
    error_message = "Pub/Sub may take messages off the subscription"
  }
}

run "without_dead_letters" {
  variables {
    dead_letters = null
  }

  assert {
    condition     = length(google_pubsub_subscription.this.dead_letter_policy) == 0 && length(google_pubsub_subscription_iam_member.agent) == 0
    error_message = "nothing is dead-lettered, and nobody needs a grant for it"
  }
}

run "too_few_attempts" {
  command = plan

  variables {
    dead_letters = { agent = "serviceAccount:a@b.iam.gserviceaccount.com", max_delivery_attempts = 3, topic_id = "projects/my-project/topics/dead-letters" }
  }

  expect_failures = [var.dead_letters]
}

run "a_deadline_that_pubsub_has_not" {
  command = plan

  variables {
    delivery = { ack_deadline_seconds = 900, maximum_backoff_seconds = 300, message_retention_seconds = 604800, minimum_backoff_seconds = 10 }
  }

  expect_failures = [var.delivery]
}
