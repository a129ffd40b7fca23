# An AlloyDB instance with a private address, in a project of its own: the extractor logs in as itself and comes through a subnetwork of
# a shared network. In the database its role still needs what it reads: GRANT SELECT ON .. TO "deltaferry-extractor@my-project.iam".

variable "images" {
  description = "Images of the three services by their digests."
  type = object({
    extractor = string
    loader    = string
    merger    = string
  })
}

module "deltaferry" {
  source = "../.."

  images     = var.images
  region     = "europe-west1"
  table_file = "${path.module}/tables.yaml"

  network = {
    subnetwork = "projects/network-host/regions/europe-west1/subnetworks/services"
    tags       = ["deltaferry"]
  }
}

# The database's role of the extractor; its name is the account's without the ending.
resource "google_alloydb_user" "extractor" {
  cluster   = "projects/shop-data/locations/europe-west1/clusters/shop"
  user_id   = trimsuffix(module.deltaferry.identities.extractor, ".gserviceaccount.com")
  user_type = "ALLOYDB_IAM_USER"
}

output "deployment" {
  description = "Names and addresses of everything that was made."
  value       = module.deltaferry
}

