# The datasets, and who may do what in each.
#
# The tables in them are the services' own: the ledger `sync_runs` and `sync_events` with its views, a state for each table, the temp tables
# and missing targets are created by the service that needs them, with the columns of the code that writes them. A second description here
# would have to be kept equal by hand, and would make Terraform plan the removal of what a newer service added.

locals {
  datasets = merge(
    { (var.control) = { days = null, description = "Deltaferry: progress of each table, and the ledger of runs" } },
    { (var.staging) = { days = var.staging_days, description = "Deltaferry: deltas on their way" } },
  )

  grants = concat(
    [for dataset in tolist(var.targets) : { dataset = dataset, member = "extractor", role = "dataViewer" }],
    [{ dataset = var.control, member = "extractor", role = "dataEditor" }],
    [for dataset in [var.control, var.staging] : { dataset = dataset, member = "loader", role = "dataEditor" }],
    [for dataset in concat([var.control, var.staging], tolist(var.targets)) : { dataset = dataset, member = "merger", role = "dataEditor" }],
  )
}

resource "google_bigquery_dataset" "own" {
  for_each = local.datasets

  dataset_id                 = each.key
  delete_contents_on_destroy = var.force_destroy
  description                = each.value.description
  labels                     = var.labels
  location                   = var.location
  project                    = var.project

  # Temp tables carry their own expiry; this is for one that lost it.
  default_table_expiration_ms = each.value.days == null ? null : each.value.days * 24 * 60 * 60 * 1000
}

resource "google_bigquery_dataset" "target" {
  for_each = var.create_targets ? var.targets : []

  dataset_id = each.key
  labels     = var.labels
  location   = var.location
  project    = var.project
}

resource "google_bigquery_dataset_iam_member" "this" {
  for_each = { for grant in local.grants : "${grant.dataset} ${grant.member} ${grant.role}" => grant }

  dataset_id = each.value.dataset
  member     = var.services[each.value.member]
  project    = var.project
  role       = "roles/bigquery.${each.value.role}"

  depends_on = [google_bigquery_dataset.own, google_bigquery_dataset.target]
}
