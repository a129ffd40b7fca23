# A Cloud Scheduler job for each table that has a schedule. Cloud Scheduler publishes as its own service agent, which may publish to every
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
