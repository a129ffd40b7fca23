mock_provider "google" {
  source = "../../offline-check/mocks"
}

variables {
  control  = "shop_control"
  location = "europe-west1"
  project  = "my-project"
  services = {
    extractor = "serviceAccount:extractor@my-project.iam.gserviceaccount.com"
    loader    = "serviceAccount:loader@my-project.iam.gserviceaccount.com"
    merger    = "serviceAccount:merger@my-project.iam.gserviceaccount.com"
  }
  staging = "shop_staging"
  targets = ["sales", "shop"]
}

run "granted_on_each_dataset" {
  assert {
    condition = toset([for grant in google_bigquery_dataset_iam_member.this : "${split("@", grant.member)[0]} ${grant.role} ${grant.dataset_id}"]) == toset([
      "serviceAccount:extractor roles/bigquery.dataEditor shop_control",
      "serviceAccount:extractor roles/bigquery.dataViewer sales",
      "serviceAccount:extractor roles/bigquery.dataViewer shop",
      "serviceAccount:loader roles/bigquery.dataEditor shop_control",
      "serviceAccount:loader roles/bigquery.dataEditor shop_staging",
      "serviceAccount:merger roles/bigquery.dataEditor sales",
      "serviceAccount:merger roles/bigquery.dataEditor shop",
      "serviceAccount:merger roles/bigquery.dataEditor shop_control",
      "serviceAccount:merger roles/bigquery.dataEditor shop_staging",
    ])
    error_message = "each service has on each dataset what it uses there"
  }

  assert {
    condition     = google_bigquery_dataset.own["shop_staging"].default_table_expiration_ms == 14 * 86400000
    error_message = "temp tables expire"
  }

  assert {
    condition     = google_bigquery_dataset.own["shop_control"].default_table_expiration_ms == null
    error_message = "progress never expires"
  }

  assert {
    condition     = length(google_bigquery_dataset.target) == 0
    error_message = "the targets belong to somebody else"
  }
}

run "targets_too" {
  variables {
    create_targets = true
  }

  assert {
    condition     = toset([for dataset in google_bigquery_dataset.target : "${dataset.dataset_id} ${dataset.location}"]) == toset(["sales europe-west1", "shop europe-west1"])
    error_message = "created where the others are"
  }

  assert {
    condition     = !anytrue([for dataset in google_bigquery_dataset.target : coalesce(dataset.delete_contents_on_destroy, false)])
    error_message = "a target dataset is never destroyed with its tables"
  }
}

run "temp_tables_gone_before_their_message" {
  command = plan

  variables {
    staging_days = 7
  }

  expect_failures = [var.staging_days]
}
