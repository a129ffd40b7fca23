# Cloud Functions called by Eventarc, for projects where nothing else may run. It costs what Cloud Run with our own subscriptions has: an
# event waits 24 hours at most, there are no dead letters after so many attempts, and the loader is called for every object of the bucket.

variable "archives" {
  description = "Paths of the three function archives."
  type = object({
    extractor = string
    loader    = string
    merger    = string
  })
}

module "deltaferry" {
  source = "../.."

  archives               = var.archives
  build_identity         = "projects/my-project/serviceAccounts/builder@my-project.iam.gserviceaccount.com"
  create_target_datasets = true
  environment            = { REGION = "EU" }
  region                 = "europe-west1"
  runtime                = "function"
  table_file             = "${path.module}/tables.yaml"
  trigger                = "eventarc"

  # The table file names a private address.
  network = {
    connector = "projects/my-project/locations/europe-west1/connectors/shop"
  }
}

output "deployment" {
  description = "Names and addresses of everything that was made."
  value       = module.deltaferry
}

