# The job of tables whose rows no request has time to read. There is none unless a table asks for it.

locals {
  job_tables = [for name, table in local.table_file.tables : name if table.extract_in == "job"]

  extract_job = {
    cpu             = var.extract_job.cpu
    max_retries     = coalesce(var.extract_job.max_retries, local.topology.job.max_retries)
    memory          = var.extract_job.memory
    timeout_seconds = coalesce(var.extract_job.timeout_seconds, local.topology.job.timeout_seconds)
  }

  # An attempt ends by itself, and knows which one is the last.
  job_environment = {
    (local.names.task_attempts) = tostring(local.extract_job.max_retries + 1)
    (local.names.task_budget)   = "PT${local.extract_job.timeout_seconds - local.topology.job.margin_seconds}S"
  }
}

module "extract_job" {
  source = "./modules/extract-job"
  count  = var.runtime == "run" && length(local.job_tables) > 0 ? 1 : 0

  deletion_protection = var.deletion_protection
  environment         = merge(local.extractor_environment, local.job_environment)
  identity            = module.identities.emails[local.topology.job.service]
  image               = var.images[local.topology.job.service]
  labels              = local.labels
  max_retries         = local.extract_job.max_retries
  name                = "${var.name}-${local.topology.job.name}"
  network             = one(module.network[*].interface)
  project             = local.project
  region              = var.region
  secrets             = local.secrets
  size                = { cpu = local.extract_job.cpu, memory = local.extract_job.memory }
  starter             = module.identities.emails[local.topology.job.service]
  task                = local.topology.job.task
  timeout_seconds     = local.extract_job.timeout_seconds

  depends_on = [module.dead_letters, module.identities, module.staging_bucket, module.topic, module.warehouse]
}
