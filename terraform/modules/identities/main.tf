# One service account for each service and one that calls them, with what they may do in a whole project: run BigQuery jobs, and pass the
# database's connector. Neither can be granted on anything smaller. Whatever concerns data is granted on the bucket, topic, dataset or
# secret itself.

locals {
  callers  = { eventarc = "trigger", push = "push" }
  caller   = local.callers[var.trigger]
  accounts = toset(["extractor", "loader", "merger", local.caller])

  source_roles = {
    alloydb  = concat(["alloydb.client", "serviceusage.serviceUsageConsumer"], var.source_database.iam_auth ? ["alloydb.databaseUser"] : [])
    cloudsql = concat(["cloudsql.client"], var.source_database.iam_auth ? ["cloudsql.instanceUser"] : [])
    url      = []
  }

  grants = concat(
    [for service in ["extractor", "loader", "merger"] : { account = service, project = var.project, role = "bigquery.jobUser" }],
    [for role in local.source_roles[var.source_database.kind] : { account = "extractor", project = coalesce(var.source_database.project, var.project), role = role }],
    var.trigger == "eventarc" ? [{ account = "trigger", project = var.project, role = "eventarc.eventReceiver" }] : [],
  )
}

resource "google_service_account" "this" {
  for_each = local.accounts

  account_id   = "${var.name}-${each.key}"
  display_name = "Deltaferry ${var.name}: ${each.key}"
  project      = var.project
}

resource "google_project_iam_member" "this" {
  for_each = { for grant in local.grants : "${grant.account} ${grant.role}" => grant }

  member  = google_service_account.this[each.value.account].member
  project = each.value.project
  role    = "roles/${each.value.role}"
}

resource "google_secret_manager_secret_iam_member" "this" {
  for_each = var.secrets

  member    = google_service_account.this["extractor"].member
  project   = each.value.project
  role      = "roles/secretmanager.secretAccessor"
  secret_id = each.value.secret
}

# Pub/Sub signs each push as the calling account. Projects of before April 2021 do not grant that by themselves.
resource "google_service_account_iam_member" "signer" {
  member             = var.pubsub_agent
  role               = "roles/iam.serviceAccountOpenIdTokenCreator"
  service_account_id = google_service_account.this[local.caller].name
}
