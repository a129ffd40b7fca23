output "file" {
  description = "What the file says, meaningful only when there are no problems: bucket, hash_secret, source, tables (extract_in, max_lag in seconds, reconcile, schedule, target), target and topic_prefix."
  value = {
    bucket      = local.bucket
    hash_secret = local.hash_secret == "" ? null : local.hash_secret
    source = {
      iam_auth = local.iam_auth
      kind     = local.kind
      private  = local.private
      project  = local.owner[local.kind]
      secret   = local.replaced || local.secret == "" ? null : local.secret
      user     = try(tostring(local.source.user), null)
    }
    tables = { for name, table in local.tables : name => { extract_in = table.extract_in, max_lag = local.max_lags[name], reconcile = table.reconcile, schedule = table.schedule, target = table.target } }
    target = {
      control  = local.control
      datasets = distinct([for table in values(local.tables) : table.target.dataset])
      location = local.location
      project  = local.project
      staging  = local.staging
    }
    topic_prefix = local.topic_prefix
  }
}

output "problems" {
  description = "Everything that is wrong with the file, a sentence each."
  value       = [for what, wrong in local.problems : what if wrong]
}
