# Where deltas are staged and loaded, and where progress is kept.

module "staging_bucket" {
  source = "./modules/staging-bucket"

  force_destroy       = !var.deletion_protection
  labels              = local.labels
  location            = upper(coalesce(var.bucket_location, local.table_file.target.location))
  name                = local.table_file.bucket
  project             = local.project
  services            = { for service in keys(local.topology.services) : service => module.identities.members[service] }
  soft_delete_seconds = local.topology.bucket.soft_delete_seconds

  expire_days = {
    for prefix, days in local.topology.bucket.expire_days : prefix => coalesce(prefix == "parts/" ? var.parts_days : var.records_days, days)
  }

  # With Eventarc the bucket's events come from a trigger.
  notification = var.trigger == "eventarc" ? null : {
    agent          = local.agents.storage
    event_type     = local.topology.notification.event_type
    object_prefix  = local.topology.notification.object_prefix
    payload_format = local.topology.notification.payload_format
    topic_id       = module.topic[local.topology.notification.topic].id
    topic_name     = module.topic[local.topology.notification.topic].name
  }

  depends_on = [module.apis]
}

module "warehouse" {
  source = "./modules/warehouse"

  control        = local.table_file.target.control
  create_targets = var.create_target_datasets
  force_destroy  = !var.deletion_protection
  labels         = local.labels
  location       = local.table_file.target.location
  project        = local.project
  services       = { for service in keys(local.topology.services) : service => module.identities.members[service] }
  staging        = local.table_file.target.staging
  targets        = local.table_file.target.datasets

  depends_on = [module.apis]
}
