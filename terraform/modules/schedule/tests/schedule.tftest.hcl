mock_provider "google" {
  source = "../../offline-check/mocks"
}

run "a_job_for_each_table" {
  variables {
    attributes = { trigger = "schedule" }
    name       = "shop"
    project    = "my-project"
    reconciles = { "Orders-2" = "0 3 * * *" }
    region     = "europe-west1"
    schedules  = { "Orders-2" = "*/15 6-22 * * mon-fri", _open = "0 3 * * *" }
    topic_id   = "projects/my-project/topics/extract-requests"
  }

  assert {
    condition     = jsonencode(output.jobs) == jsonencode({ "Orders-2" = "shop-Orders-2", _open = "shop-_open" })
    error_message = "a job for each table: ${jsonencode(output.jobs)}"
  }

  assert {
    condition = alltrue([
      for table, request in output.requests : jsonencode(jsondecode(request.data)) == jsonencode({ table = table }) && request.attributes == tomap({ trigger = "schedule" })
    ])
    error_message = "each asks for its table, and says that it is scheduled: ${jsonencode(output.requests)}"
  }

  assert {
    condition     = alltrue([for job in google_cloud_scheduler_job.this : job.time_zone == "Etc/UTC" && job.pubsub_target[0].topic_name == "projects/my-project/topics/extract-requests"])
    error_message = "in UTC, to the topic of requests"
  }

  assert {
    condition     = google_cloud_scheduler_job.this["Orders-2"].schedule == "*/15 6-22 * * mon-fri"
    error_message = "at the table's own times"
  }

  assert {
    condition = jsonencode(output.reconciles) == jsonencode({ "Orders-2" = {
      attributes = { trigger = "schedule" }
      data       = jsonencode({ mode = "reconcile", table = "Orders-2" })
      name       = "shop--Orders-2-reconcile"
    } })
    error_message = "who has deleted rows looked for is asked for that too: ${jsonencode(output.reconciles)}"
  }

  assert {
    condition     = google_cloud_scheduler_job.reconcile["Orders-2"].schedule == "0 3 * * *" && google_cloud_scheduler_job.reconcile["Orders-2"].time_zone == "Etc/UTC"
    error_message = "at times of its own"
  }
}
