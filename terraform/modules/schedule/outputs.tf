output "jobs" {
  description = "The jobs' names by the name of the table."
  value       = { for table, job in google_cloud_scheduler_job.this : table => job.name }
}

output "requests" {
  description = "What each job publishes."
  value       = { for table, job in google_cloud_scheduler_job.this : table => { attributes = job.pubsub_target[0].attributes, data = base64decode(job.pubsub_target[0].data) } }
}
