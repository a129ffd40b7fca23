mock_provider "google" {
  source = "../../offline-check/mocks"
}

variables {
  project    = "my-project"
  region     = "europe-west1"
  run_agent  = "serviceAccount:service-123456789012@serverless-robot-prod.iam.gserviceaccount.com"
  subnetwork = "projects/my-project/regions/europe-west1/subnetworks/services"
}

run "own_network" {
  assert {
    condition     = length(google_compute_subnetwork_iam_member.agent) == 0 && output.interface.egress == "PRIVATE_RANGES_ONLY"
    error_message = "the project's own network needs no grant, and only private addresses go there"
  }
}

run "shared_network" {
  variables {
    subnetwork = "https://www.googleapis.com/compute/v1/projects/network-host/regions/europe-west1/subnetworks/services"
  }

  assert {
    condition     = [for grant in google_compute_subnetwork_iam_member.agent : "${grant.role} on ${grant.project} ${grant.region} ${grant.subnetwork}"] == ["roles/compute.networkUser on network-host europe-west1 services"]
    error_message = "Cloud Run may use the host's subnetwork"
  }
}

run "granted_elsewhere" {
  variables {
    grant      = false
    subnetwork = "projects/network-host/regions/europe-west1/subnetworks/services"
  }

  assert {
    condition     = length(google_compute_subnetwork_iam_member.agent) == 0
    error_message = "the network's owner has granted it"
  }
}

run "by_name" {
  variables {
    network    = "shop"
    subnetwork = "services"
    tags       = ["deltaferry"]
  }

  assert {
    condition     = jsonencode(output.interface) == jsonencode({ egress = "PRIVATE_RANGES_ONLY", network = "shop", subnetwork = "services", tags = ["deltaferry"] })
    error_message = jsonencode(output.interface)
  }
}

run "another_region" {
  command = plan

  variables {
    subnetwork = "projects/my-project/regions/us-central1/subnetworks/services"
  }

  expect_failures = [var.subnetwork]
}

run "another_egress" {
  command = plan

  variables {
    egress = "EVERYTHING"
  }

  expect_failures = [var.egress]
}
