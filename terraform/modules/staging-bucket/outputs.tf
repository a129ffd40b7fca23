output "bucket" {
  description = "The bucket."
  value       = google_storage_bucket.this
}

output "name" {
  description = "Name of the bucket, once the services may use it."
  value       = google_storage_bucket.this.name

  depends_on = [google_storage_bucket_iam_member.this]
}
