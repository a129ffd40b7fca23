mock_provider "google" {
  source = "../../offline-check/mocks"
}

variables {
  expire_days = { "control/" = 60, "manifests/" = 60, "parts/" = 14, "pending/" = 60 }
  location    = "EUROPE-WEST1"
  name        = "my-project-deltas"
  notification = {
    agent          = "serviceAccount:service-123456789012@gs-project-accounts.iam.gserviceaccount.com"
    event_type     = "OBJECT_FINALIZE"
    object_prefix  = "manifests/"
    payload_format = "JSON_API_V1"
    topic_id       = "projects/my-project/topics/staged-deltas"
    topic_name     = "staged-deltas"
  }
  project = "my-project"
  services = {
    extractor = "serviceAccount:extractor@my-project.iam.gserviceaccount.com"
    loader    = "serviceAccount:loader@my-project.iam.gserviceaccount.com"
    merger    = "serviceAccount:merger@my-project.iam.gserviceaccount.com"
  }
  soft_delete_seconds = 0
}

run "closed_and_tidy" {
  assert {
    condition     = google_storage_bucket.this.uniform_bucket_level_access && google_storage_bucket.this.public_access_prevention == "enforced"
    error_message = "no object has rights of its own, and none is ever public"
  }

  assert {
    condition     = google_storage_bucket.this.soft_delete_policy[0].retention_duration_seconds == 0
    error_message = "nothing is paid for after its deletion"
  }

  assert {
    condition = { for rule in google_storage_bucket.this.lifecycle_rule : one(one(rule.condition).matches_prefix) => one(rule.condition).age if one(rule.action).type == "Delete" } == {
      "control/" = 60, "manifests/" = 60, "parts/" = 14, "pending/" = 60
    }
    error_message = "each directory has its age"
  }

  assert {
    condition     = !google_storage_bucket.this.force_destroy
    error_message = "a bucket that holds something is not destroyed"
  }
}

run "granted_to_the_services" {
  assert {
    condition = toset([for grant in google_storage_bucket_iam_member.this : "${split("@", grant.member)[0]} ${grant.role}"]) == toset([
      "serviceAccount:extractor roles/storage.objectCreator",
      "serviceAccount:extractor roles/storage.objectViewer",
      "serviceAccount:loader roles/storage.legacyBucketReader",
      "serviceAccount:loader roles/storage.objectCreator",
      "serviceAccount:loader roles/storage.objectViewer",
      "serviceAccount:merger roles/storage.objectCreator",
      "serviceAccount:merger roles/storage.objectViewer",
    ])
    error_message = "nobody may overwrite or delete"
  }
}

run "tells_of_manifests" {
  assert {
    condition     = google_storage_notification.this[0].object_name_prefix == "manifests/" && google_storage_notification.this[0].event_types == toset(["OBJECT_FINALIZE"])
    error_message = "only manifests start the loader"
  }

  assert {
    condition     = google_pubsub_topic_iam_member.agent[0].role == "roles/pubsub.publisher" && google_pubsub_topic_iam_member.agent[0].topic == "staged-deltas"
    error_message = "Cloud Storage may publish to that topic"
  }
}

run "tells_nobody" {
  variables {
    notification = null
  }

  assert {
    condition     = length(google_storage_notification.this) == 0 && length(google_pubsub_topic_iam_member.agent) == 0
    error_message = "no notification was asked for"
  }
}

run "parts_gone_before_their_message" {
  command = plan

  variables {
    expire_days = { "parts/" = 6 }
  }

  expect_failures = [var.expire_days]
}

run "numbers_gone_before_their_dead_letter" {
  command = plan

  variables {
    expire_days = { "control/" = 44 }
  }

  expect_failures = [var.expire_days]
}

run "a_rule_for_everything" {
  command = plan

  variables {
    expire_days = { "" = 60 }
  }

  expect_failures = [var.expire_days]
}
