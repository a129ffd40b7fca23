# A Cloud SQL instance with IAM login, reached at its public address through the connector, which encrypts and authenticates. The instance
# needs the flag cloudsql.iam_authentication; the role still needs what it reads.

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
  name       = "shop"
  region     = "europe-west1"
  table_file = "${path.module}/tables.yaml"
}

# The database's role of the extractor; its name is the account's without the ending.
resource "google_sql_user" "extractor" {
  instance = "shop"
  name     = trimsuffix(module.deltaferry.identities.extractor, ".gserviceaccount.com")
  project  = "my-project"
  type     = "CLOUD_IAM_SERVICE_ACCOUNT"
}

output "deployment" {
  description = "Names and addresses of everything that was made."
  value       = module.deltaferry
}

