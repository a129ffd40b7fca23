output "alerts" {
  description = "The alert policies by concern."
  value       = one(module.alerts[*].policy_names)
}

output "bucket" {
  description = "The staging bucket."
  value       = module.staging_bucket.name
}

output "dashboard" {
  description = "The dashboard."
  value       = one(module.dashboard[*].id)
}

output "datasets" {
  description = "The datasets: control, staging and targets."
  value       = module.warehouse.datasets
}

output "dead_letters" {
  description = "Topic and subscription of the dead letters."
  value       = { subscription = module.dead_letters.subscription, topic = module.dead_letters.topic_name }
}

output "extract_job" {
  description = "The job that reads tables with `extract_in: job`, `projects/../locations/../jobs/..`; null without such tables."
  value       = one(module.extract_job[*].path)
}

output "identities" {
  description = "The service accounts. The extractor's is the one to create in the database for IAM login."
  value       = module.identities.emails
}

output "project" {
  description = "The project, from the table file."
  value       = local.project
}

output "schedules" {
  description = "The Cloud Scheduler jobs by table."
  value       = module.schedule.jobs
}

output "services" {
  description = "Name, region and address of each service."
  value       = local.endpoints
}

output "subscriptions" {
  description = "The push subscription of each service; none with `trigger = \"eventarc\"`."
  value       = { for service, subscription in module.subscription : service => subscription.name }
}

output "table_file" {
  description = "Where the services read the table file."
  value       = local.table_file_uri
}

output "topics" {
  description = "The topics' names."
  value       = local.topics
}
