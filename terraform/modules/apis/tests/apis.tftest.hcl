mock_provider "google" {
  source = "../../offline-check/mocks"
}

run "enabled_for_good" {
  variables {
    project  = "my-project"
    services = ["pubsub", "run"]
  }

  assert {
    condition     = jsonencode(output.services) == jsonencode(["pubsub.googleapis.com", "run.googleapis.com"])
    error_message = "each API by its full name"
  }

  assert {
    condition     = alltrue([for service in google_project_service.this : service.disable_on_destroy == false])
    error_message = "an API that others may use is never switched off"
  }
}
