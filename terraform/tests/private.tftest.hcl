# A database that only a network of one's own reaches.

mock_provider "google" {
  source = "./offline-check/mocks"
}

variables {
  images = {
    extractor = "europe-west1-docker.pkg.dev/my-project/deltaferry/extractor@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    loader    = "europe-west1-docker.pkg.dev/my-project/deltaferry/loader@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    merger    = "europe-west1-docker.pkg.dev/my-project/deltaferry/merger@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  }
  network    = { subnetwork = "projects/my-project/regions/europe-west1/subnetworks/services" }
  region     = "europe-west1"
  table_file = "tests/alloydb.yaml"
}

run "reached_by_the_extractor_alone" {
  assert {
    condition     = module.service["extractor"].service.template[0].vpc_access[0].network_interfaces[0].subnetwork == "projects/my-project/regions/europe-west1/subnetworks/services"
    error_message = "the extractor has a way in"
  }

  assert {
    condition     = alltrue([for service in ["loader", "merger"] : length(module.service[service].service.template[0].vpc_access) == 0])
    error_message = "the others have none"
  }

  assert {
    condition = jsonencode(module.identities.project_roles.extractor) == jsonencode([
      "roles/alloydb.client", "roles/alloydb.databaseUser", "roles/bigquery.jobUser", "roles/serviceusage.serviceUsageConsumer",
    ])
    error_message = jsonencode(module.identities.project_roles.extractor)
  }

  assert {
    condition     = toset(flatten([module.identities.project_roles.loader, module.identities.project_roles.merger])) == toset(["roles/bigquery.jobUser"])
    error_message = "the others may not reach the database"
  }

  assert {
    condition     = contains(module.apis.services, "alloydb.googleapis.com")
    error_message = "the connector's API is enabled"
  }
}

run "no_network" {
  command = plan

  variables {
    network = null
  }

  expect_failures = [data.google_project.this]
}

run "another_account" {
  command = plan

  variables {
    name = "shop"
  }

  expect_failures = [data.google_project.this]
}

run "network_without_subnetwork" {
  command = plan

  variables {
    network = { network = "default" }
  }

  expect_failures = [var.network]
}
