# What asks for a table at its times.

module "schedule" {
  source = "./modules/schedule"

  attributes = local.topology.schedule.attributes
  name       = var.name
  project    = local.project
  reconciles = local.reconciles
  region     = coalesce(var.scheduler_region, var.region)
  schedules  = local.schedules
  topic_id   = module.topic["extract_requests"].id

  # Nothing asks before somebody listens.
  depends_on = [module.message_trigger, module.object_trigger, module.subscription]
}
