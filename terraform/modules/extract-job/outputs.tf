output "job" {
  description = "The job."
  value       = google_cloud_run_v2_job.this
}

output "path" {
  description = "The job's full name, `projects/../locations/../jobs/..`, once it may be started."
  value       = "projects/${var.project}/locations/${google_cloud_run_v2_job.this.location}/jobs/${google_cloud_run_v2_job.this.name}"

  depends_on = [google_cloud_run_v2_job_iam_member.starter]
}
