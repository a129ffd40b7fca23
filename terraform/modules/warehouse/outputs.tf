output "datasets" {
  description = "The datasets' ids, once the services may use them."
  value       = { control = var.control, staging = var.staging, targets = var.targets }

  depends_on = [google_bigquery_dataset_iam_member.this]
}
