# The three services, on Cloud Run or as Cloud Functions.

locals {
  names = local.topology.environment

  environment = merge(
    {
      (local.names.bucket)                = local.table_file.bucket
      (local.names.budget)                = "PT${local.topology.handler.budget_seconds}S"
      (local.names.control_dataset)       = local.table_file.target.control
      (local.names.location)              = local.table_file.target.location
      (local.names.max_delivery_attempts) = tostring(local.topology.push.max_delivery_attempts)
      (local.names.project)               = local.project
    },
    local.table_file.topic_prefix == "" ? {} : { (local.names.topic_prefix) = local.table_file.topic_prefix },
  )

  # Only the extractor reads the table file, and only it needs the database's secrets and a way into the database's network.
  extractor_environment = merge(var.environment, local.environment, {
    (local.names.tables)            = local.table_file_uri
    (local.names.tables_generation) = tostring(google_storage_bucket_object.table_file.generation)
  })

  # The extractor starts the job, where there is one.
  job_name = { for job in module.extract_job : (local.names.extract_job) => job.path }

  # An extraction has an instance of its own: its processors compress, and its memory is bounded for one. The number of instances bounds
  # the connections to the database. The other two wait for BigQuery most of the time.
  sizes = {
    extractor = { concurrency = 1, cpu = "2", max_instances = 4, memory = "1Gi", min_instances = 0 }
    loader    = { concurrency = 8, cpu = "1", max_instances = 4, memory = "1Gi", min_instances = 0 }
    merger    = { concurrency = 8, cpu = "1", max_instances = 4, memory = "1Gi", min_instances = 0 }
  }

  services = {
    for service, settings in local.topology.services : service => {
      entry_point = settings.function
      environment = service == "extractor" ? merge(local.extractor_environment, local.job_name) : local.environment
      identity    = module.identities.emails[service]
      name        = "${var.name}-${service}"
      secrets     = service == "extractor" ? local.secrets : {}
      size        = { for key, value in local.sizes[service] : key => try(coalesce(var.sizes[service][key]), value) }
    }
  }

  endpoints = { for service, deployed in merge(module.service, module.function) : service => deployed.endpoint }
}

module "network" {
  source = "./modules/network"
  count  = var.network == null || var.runtime == "function" ? 0 : 1

  egress     = var.network.egress
  grant      = var.network.grant
  network    = var.network.network
  project    = local.project
  region     = var.region
  run_agent  = local.agents.run
  subnetwork = var.network.subnetwork
  tags       = var.network.tags

  depends_on = [module.apis]
}

module "service" {
  source   = "./modules/service"
  for_each = var.runtime == "run" ? local.topology.services : {}

  caller              = module.identities.emails[module.identities.caller]
  deletion_protection = var.deletion_protection
  environment         = local.services[each.key].environment
  health_path         = local.topology.health_path
  identity            = local.services[each.key].identity
  image               = var.images[each.key]
  labels              = local.labels
  name                = local.services[each.key].name
  network             = each.key == "extractor" ? one(module.network[*].interface) : null
  project             = local.project
  region              = var.region
  secrets             = local.services[each.key].secrets
  size                = local.services[each.key].size
  timeout_seconds     = local.topology.handler.timeout_seconds

  depends_on = [module.dead_letters, module.identities, module.staging_bucket, module.topic, module.warehouse]
}

module "function" {
  source   = "./modules/function"
  for_each = var.runtime == "function" ? local.topology.services : {}

  archive         = { bucket = module.staging_bucket.name, directory = dirname(local.topology.table_file_object), path = var.archives[each.key] }
  build_identity  = var.build_identity
  caller          = module.identities.emails[module.identities.caller]
  connector       = each.key == "extractor" ? try(var.network.connector, null) : null
  entry_point     = local.services[each.key].entry_point
  environment     = local.services[each.key].environment
  identity        = local.services[each.key].identity
  labels          = local.labels
  name            = local.services[each.key].name
  project         = local.project
  region          = var.region
  runtime         = var.java
  secrets         = local.services[each.key].secrets
  size            = local.services[each.key].size
  timeout_seconds = local.topology.handler.timeout_seconds

  depends_on = [module.dead_letters, module.identities, module.staging_bucket, module.topic, module.warehouse]
}
