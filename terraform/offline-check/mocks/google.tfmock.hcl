# What the provider would compute, in the form it has there, so that rules about addresses and names hold in a test that applies. A test
# takes it with `mock_provider "google" { source = "PATH/TO/offline-check/mocks" }`, relative to the directory under test.

mock_data "google_project" {
  defaults = {
    id     = "projects/mock-project"
    number = "123456789012"
  }
}

mock_data "google_storage_project_service_account" {
  defaults = {
    email_address = "service-123456789012@gs-project-accounts.iam.gserviceaccount.com"
    member        = "serviceAccount:service-123456789012@gs-project-accounts.iam.gserviceaccount.com"
  }
}

mock_resource "google_cloud_run_v2_job" {
  defaults = {
    id = "projects/mock-project/locations/mock-region/jobs/mock-job"
  }
}

mock_resource "google_cloud_run_v2_service" {
  defaults = {
    id  = "projects/mock-project/locations/mock-region/services/mock-service"
    uri = "https://mock-service-123456789012.mock-region.run.app"
  }
}

mock_resource "google_cloudfunctions2_function" {
  defaults = {
    id = "projects/mock-project/locations/mock-region/functions/mock-function"
    service_config = {
      uri = "https://mock-function-123456789012.mock-region.run.app"
    }
  }
}

mock_resource "google_monitoring_notification_channel" {
  defaults = {
    id   = "projects/mock-project/notificationChannels/123456789012"
    name = "projects/mock-project/notificationChannels/123456789012"
  }
}

mock_resource "google_project_iam_custom_role" {
  defaults = {
    id   = "projects/mock-project/roles/mock_role"
    name = "projects/mock-project/roles/mock_role"
  }
}

mock_resource "google_pubsub_subscription" {
  defaults = {
    id = "projects/mock-project/subscriptions/mock-subscription"
  }
}

mock_resource "google_pubsub_topic" {
  defaults = {
    id = "projects/mock-project/topics/mock-topic"
  }
}

mock_resource "google_secret_manager_secret" {
  defaults = {
    id   = "projects/mock-project/secrets/mock-secret"
    name = "projects/123456789012/secrets/mock-secret"
  }
}

mock_resource "google_service_account" {
  defaults = {
    email  = "mock-account@mock-project.iam.gserviceaccount.com"
    id     = "projects/mock-project/serviceAccounts/mock-account@mock-project.iam.gserviceaccount.com"
    member = "serviceAccount:mock-account@mock-project.iam.gserviceaccount.com"
    name   = "projects/mock-project/serviceAccounts/mock-account@mock-project.iam.gserviceaccount.com"
  }
}

mock_resource "google_storage_bucket_object" {
  defaults = {
    generation = 1234567890123456
  }
}
