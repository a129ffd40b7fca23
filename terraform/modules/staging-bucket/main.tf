# The bucket where deltas are staged. The services create and read objects; nobody overwrites or deletes them but these rules, which
# leave what no prefix names, as the table file. Soft deletion would keep, and charge for, every staged byte once more.

resource "google_storage_bucket" "this" {
  force_destroy               = var.force_destroy
  labels                      = var.labels
  location                    = var.location
  name                        = var.name
  project                     = var.project
  public_access_prevention    = "enforced"
  uniform_bucket_level_access = true

  dynamic "lifecycle_rule" {
    for_each = var.expire_days

    content {
      action {
        type = "Delete"
      }

      condition {
        age            = lifecycle_rule.value
        matches_prefix = [lifecycle_rule.key]
      }
    }
  }

  soft_delete_policy {
    retention_duration_seconds = var.soft_delete_seconds
  }
}

# A load job looks at its bucket too, as whoever started it.
locals {
  grants = merge(
    { for key, member in var.services : "${key} objectCreator" => { member = member, role = "objectCreator" } },
    { for key, member in var.services : "${key} objectViewer" => { member = member, role = "objectViewer" } },
    { "loader legacyBucketReader" = { member = var.services.loader, role = "legacyBucketReader" } },
  )
}

resource "google_storage_bucket_iam_member" "this" {
  for_each = local.grants

  bucket = google_storage_bucket.this.name
  member = each.value.member
  role   = "roles/storage.${each.value.role}"
}

resource "google_pubsub_topic_iam_member" "agent" {
  count = var.notification == null ? 0 : 1

  member  = var.notification.agent
  project = var.project
  role    = "roles/pubsub.publisher"
  topic   = var.notification.topic_name
}

resource "google_storage_notification" "this" {
  count = var.notification == null ? 0 : 1

  bucket             = google_storage_bucket.this.name
  event_types        = [var.notification.event_type]
  object_name_prefix = var.notification.object_prefix
  payload_format     = var.notification.payload_format
  topic              = var.notification.topic_id

  # Cloud Storage tries the topic when the notification is made.
  depends_on = [google_pubsub_topic_iam_member.agent]
}
