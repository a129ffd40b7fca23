# The one file that says what is synced. Terraform reads it for the schedules, the grants and the datasets; the extractor reads it from
# the bucket.

module "table_file" {
  source = "./modules/table-file"

  environment = var.environment
  path        = var.table_file
  secrets     = keys(var.secrets)
}

locals {
  table_file     = module.table_file.file
  table_file_uri = "gs://${local.table_file.bucket}/${local.topology.table_file_object}"
  reconciles     = { for name, table in local.table_file.tables : name => table.reconcile if table.reconcile != null }
  schedules      = { for name, table in local.table_file.tables : name => table.schedule if table.schedule != null }
}

resource "terraform_data" "table_file" {
  triggers_replace = filesha256(var.table_file)

  depends_on = [data.google_project.this]
}

# Replaced with the file, never changed in place: so its generation is new, and the variable that holds it rolls a revision which reads it.
resource "google_storage_bucket_object" "table_file" {
  bucket       = module.staging_bucket.name
  content      = file(var.table_file)
  content_type = "application/yaml"
  name         = local.topology.table_file_object

  lifecycle {
    replace_triggered_by = [terraform_data.table_file]
  }
}
