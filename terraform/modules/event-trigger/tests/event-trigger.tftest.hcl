mock_provider "google" {
  source = "../../offline-check/mocks"
}

variables {
  caller   = "trigger@my-project.iam.gserviceaccount.com"
  criteria = { type = "google.cloud.pubsub.topic.v1.messagePublished" }
  location = "europe-west1"
  name     = "shop-extractor"
  project  = "my-project"
  service  = { name = "shop-extractor", region = "europe-west1" }
  topic_id = "projects/my-project/topics/extract-requests"
}

run "messages" {
  assert {
    condition     = google_eventarc_trigger.this.transport[0].pubsub[0].topic == "projects/my-project/topics/extract-requests"
    error_message = "the messages of our own topic, not of one that Eventarc makes"
  }

  assert {
    condition     = google_eventarc_trigger.this.destination[0].cloud_run_service[0].service == "shop-extractor"
    error_message = "delivered to the service"
  }
}

run "objects" {
  variables {
    criteria      = { bucket = "my-project-deltas", type = "google.cloud.storage.object.v1.finalized" }
    location      = "eu"
    storage_agent = "serviceAccount:service-123456789012@gs-project-accounts.iam.gserviceaccount.com"
    topic_id      = null
  }

  assert {
    condition     = { for criterion in google_eventarc_trigger.this.matching_criteria : criterion.attribute => criterion.value } == { bucket = "my-project-deltas", type = "google.cloud.storage.object.v1.finalized" }
    error_message = "the events of one bucket"
  }

  assert {
    condition     = [for grant in google_project_iam_member.storage_agent : grant.role] == ["roles/pubsub.publisher"]
    error_message = "Cloud Storage may publish to the topic that Eventarc makes"
  }

  assert {
    condition     = length(google_eventarc_trigger.this.transport) == 0
    error_message = "Eventarc makes the topic"
  }
}

run "objects_that_nobody_may_tell" {
  command = plan

  variables {
    criteria = { bucket = "my-project-deltas", type = "google.cloud.storage.object.v1.finalized" }
  }

  expect_failures = [var.storage_agent]
}

run "location_in_capitals" {
  command = plan

  variables {
    location = "EU"
  }

  expect_failures = [var.location]
}

run "events_of_no_type" {
  command = plan

  variables {
    criteria = {}
  }

  expect_failures = [var.criteria]
}
