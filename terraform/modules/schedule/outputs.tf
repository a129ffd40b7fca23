output "jobs" {
  description = "The jobs' names by the name of the table."
  value       = { for table, job in google_cloud_scheduler_job.this : table => job.name }
}

output "reconciles" {
  description = "Name and message of each job that looks for deleted rows, by the name of the table."
  value       = { for table, job in google_cloud_scheduler_job.reconcile : table => { attributes = job.pubsub_target[0].attributes, data = base64decode(job.pubsub_target[0].data), name = job.name } }
}

output "requests" {
  description = "What each job publishes."
  value       = { for table, job in google_cloud_scheduler_job.this : table => { attributes = job.pubsub_target[0].attributes, data = base64decode(job.pubsub_target[0].data) } }
}
