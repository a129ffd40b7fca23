# Who is told when something goes wrong, and the page that shows how the deployment does. Both count what the services log.

locals {
  subscriptions = [for subscription in module.subscription : subscription.name]
}

module "alerts" {
  source = "./modules/alerts"
  count  = var.alerts == null ? 0 : 1

  channels          = var.alerts.channels
  dead_letters      = module.dead_letters.subscription
  disabled          = var.alerts.disabled
  failures_in_a_row = var.alerts.failures_in_a_row
  handler           = local.topology.handler
  jobs              = [for job in module.extract_job : job.job.name]
  labels            = local.labels
  log_events        = jsondecode(file("${path.module}/log-events.json"))
  max_lags          = { for name, table in local.table_file.tables : name => table.max_lag if table.max_lag != null }
  name              = var.name
  project           = local.project
  runbook           = var.alerts.runbook
  services          = [for service in local.services : service.name]
  subscriptions     = local.subscriptions
  waiting_seconds   = 3 * local.topology.push.ack_deadline_seconds # a first attempt that failed, and a second one, are no reason to wake anybody

  depends_on = [module.apis]
}

module "dashboard" {
  source = "./modules/dashboard"
  count  = var.alerts == null ? 0 : 1

  dead_letters  = module.dead_letters.subscription
  handler       = local.topology.handler
  jobs          = length(module.extract_job) > 0
  metrics       = module.alerts[0].metric_names
  name          = var.name
  project       = local.project
  runbook       = var.alerts.runbook
  subscriptions = local.subscriptions

  depends_on = [module.apis]
}
