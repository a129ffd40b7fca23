# The way from the extractor into a VPC network: Direct VPC egress, which takes addresses of a subnetwork for the instances that run, and
# none when none do. Requests to Google's own services need not go this way, so that by default only private addresses do.

locals {
  parts = try(regex("projects/(?P<project>[^/]+)/regions/(?P<region>[^/]+)/subnetworks/(?P<name>[^/]+)$", var.subnetwork), null)

  # In a shared network Cloud Run's agent must be allowed to use the host's subnetwork.
  shared = var.grant && local.parts != null && try(local.parts.project, var.project) != var.project
}

resource "google_compute_subnetwork_iam_member" "agent" {
  count = local.shared ? 1 : 0

  member     = var.run_agent
  project    = local.parts.project
  region     = local.parts.region
  role       = "roles/compute.networkUser"
  subnetwork = local.parts.name
}
