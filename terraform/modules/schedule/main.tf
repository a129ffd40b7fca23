# A Cloud Scheduler job for each table that has a schedule, and another one for each that is reconciled at times of its own. Cloud Scheduler publishes as its own service agent, which may publish to every
# topic of the project since its API was enabled: no identity of ours is involved. A tick that comes twice is one request, as the
# extractor names it after its time.

resource "google_cloud_scheduler_job" "this" {
  for_each = var.schedules

  description = "Deltaferry ${var.name}: brings ${each.key} up to date"
  name        = "${var.name}-${each.key}"
  project     = var.project
  region      = var.region
  schedule    = each.value
  time_zone   = "Etc/UTC"

  pubsub_target {
    attributes = var.attributes
    data       = base64encode(jsonencode({ table = each.key }))
    topic_name = var.topic_id
  }

  # Without it a tick that could not be published is dropped, and a table of one tick a day misses its day.
  retry_config {
    retry_count = 5
  }
}

# No table's name begins with a hyphen, so that no other job of this deployment has such a name.
resource "google_cloud_scheduler_job" "reconcile" {
  for_each = var.reconciles

  description = "Deltaferry ${var.name}: looks for deleted rows of ${each.key}"
  name        = "${var.name}--${each.key}-reconcile"
  project     = var.project
  region      = var.region
  schedule    = each.value
  time_zone   = "Etc/UTC"

  pubsub_target {
    attributes = var.attributes
    data       = base64encode(jsonencode({ mode = "reconcile", table = each.key }))
    topic_name = var.topic_id
  }

  retry_config {
    retry_count = 5
  }
}
