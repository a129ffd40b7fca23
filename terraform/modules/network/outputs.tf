output "interface" {
  description = "What a service needs to know of the network, once it may use it."
  value = {
    egress     = var.egress
    network    = var.network
    subnetwork = var.subnetwork
    tags       = var.tags
  }

  depends_on = [google_compute_subnetwork_iam_member.agent]
}
