# Delivers events to a service through Eventarc, which makes a subscription of its own: it keeps an event for 24 hours, and takes no
# dead-letter policy from here.

resource "google_eventarc_trigger" "this" {
  labels          = var.labels
  location        = var.location
  name            = var.name
  project         = var.project
  service_account = var.caller

  destination {
    cloud_run_service {
      region  = var.service.region
      service = var.service.name
    }
  }

  dynamic "matching_criteria" {
    for_each = var.criteria

    content {
      attribute = matching_criteria.key
      value     = matching_criteria.value
    }
  }

  dynamic "transport" {
    for_each = var.topic_id[*]

    content {
      pubsub {
        topic = transport.value
      }
    }
  }

  depends_on = [google_project_iam_member.storage_agent]
}

# For the events of a bucket Eventarc makes a topic whose name nobody knows beforehand, so that Cloud Storage may publish to all.
resource "google_project_iam_member" "storage_agent" {
  count = var.storage_agent == null ? 0 : 1

  member  = var.storage_agent
  project = var.project
  role    = "roles/pubsub.publisher"
}
