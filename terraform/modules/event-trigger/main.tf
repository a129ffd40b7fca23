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
}
