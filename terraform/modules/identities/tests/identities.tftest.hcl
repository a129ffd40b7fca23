mock_provider "google" {
  source = "../../offline-check/mocks"
}

override_resource {
  target = google_service_account.this["extractor"]
  values = { member = "serviceAccount:shop-extractor@my-project.iam.gserviceaccount.com" }
}

variables {
  name            = "shop"
  project         = "my-project"
  pubsub_agent    = "serviceAccount:service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com"
  source_database = { kind = "url" }
  trigger         = "push"
}

run "url" {
  assert {
    condition = jsonencode(output.project_roles) == jsonencode({
      extractor = ["roles/bigquery.jobUser"]
      loader    = ["roles/bigquery.jobUser"]
      merger    = ["roles/bigquery.jobUser"]
      push      = []
    })
    error_message = "a plain database needs no role: ${jsonencode(output.project_roles)}"
  }

  assert {
    condition     = google_service_account_iam_member.signer.service_account_id == google_service_account.this["push"].name
    error_message = "Pub/Sub signs as the pushing account only"
  }
}

run "alloydb" {
  variables {
    source_database = { iam_auth = true, kind = "alloydb", project = "shop-data" }
  }

  assert {
    condition = jsonencode(output.project_roles.extractor) == jsonencode([
      "roles/alloydb.client", "roles/alloydb.databaseUser", "roles/bigquery.jobUser", "roles/serviceusage.serviceUsageConsumer",
    ])
    error_message = jsonencode(output.project_roles.extractor)
  }

  assert {
    condition = alltrue([
      for grant in google_project_iam_member.this : grant.project == (grant.role == "roles/bigquery.jobUser" ? "my-project" : "shop-data")
    ])
    error_message = "the database's roles are granted where the database is"
  }
}

run "alloydb_with_password" {
  variables {
    source_database = { kind = "alloydb", project = "shop-data" }
  }

  assert {
    condition     = !contains(output.project_roles.extractor, "roles/alloydb.databaseUser")
    error_message = "without IAM login there is no role for it: ${jsonencode(output.project_roles.extractor)}"
  }
}

run "cloudsql_with_password" {
  variables {
    secrets         = { password = { project = "vault", secret = "shop" } }
    source_database = { kind = "cloudsql" }
  }

  assert {
    condition     = jsonencode(output.project_roles.extractor) == jsonencode(["roles/bigquery.jobUser", "roles/cloudsql.client"])
    error_message = "without IAM login there is no role for it: ${jsonencode(output.project_roles.extractor)}"
  }

  assert {
    condition = alltrue([
      for grant in google_secret_manager_secret_iam_member.this :
      grant.member == "serviceAccount:shop-extractor@my-project.iam.gserviceaccount.com" && grant.project == "vault" && grant.secret_id == "shop"
    ])
    error_message = "the extractor reads the secret named and no other account does"
  }
}

run "eventarc" {
  variables {
    trigger = "eventarc"
  }

  assert {
    condition     = jsonencode(keys(output.emails)) == jsonencode(["extractor", "loader", "merger", "trigger"]) && output.caller == "trigger"
    error_message = "triggers call, nobody pushes"
  }

  assert {
    condition     = jsonencode(output.project_roles.trigger) == jsonencode(["roles/eventarc.eventReceiver"])
    error_message = jsonencode(output.project_roles.trigger)
  }
}

run "name_too_long" {
  command = plan

  variables {
    name = "a-name-of-21-letters-"
  }

  expect_failures = [var.name]
}
