# The least there is to say: a database with a public address, its password in Secret Manager, a schedule for all tables.

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

  create_target_datasets = true
  images                 = var.images
  region                 = "europe-west1"
  secrets                = { SHOP_PASSWORD = { secret = "shop-password" } }
  table_file             = "${path.module}/tables.yaml"
}

output "deployment" {
  description = "Names and addresses of everything that was made."
  value       = module.deltaferry
}

