# One database with many tables, for several datasets: what is due often goes first, the rest is spread over the hour, and more extractors
# work side by side, each with one connection to the database. The channels are told when a table is older than its max_lag.

variable "channels" {
  description = "Notification channels that are told when something goes wrong."
  type        = list(string)
  default     = []
}

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

  alerts       = { channels = var.channels, failures_in_a_row = 5 }
  images       = var.images
  labels       = { cost_center = "analytics" }
  name         = "erp"
  parts_days   = 7
  records_days = 90
  region       = "europe-west1"
  secrets      = { ERP_PASSWORD = { secret = "projects/vault/secrets/erp-password", version = "7" } }
  sizes        = { extractor = { max_instances = 12 }, merger = { concurrency = 20, max_instances = 8 } }
  table_file   = "${path.module}/tables.yaml"
}

output "deployment" {
  description = "Names and addresses of everything that was made."
  value       = module.deltaferry
}

