mock_provider "google" {
  source = "../../offline-check/mocks"
}

run "published_to_by_those_named" {
  variables {
    labels     = { deployment = "shop" }
    name       = "shop-extract-requests"
    project    = "my-project"
    publishers = { extractor = "serviceAccount:extractor@my-project.iam.gserviceaccount.com" }
  }

  assert {
    condition     = output.name == "shop-extract-requests"
    error_message = "the topic has the name that was given"
  }

  assert {
    condition     = [for grant in google_pubsub_topic_iam_member.publisher : "${grant.role} on ${grant.topic}"] == ["roles/pubsub.publisher on shop-extract-requests"]
    error_message = "publishing is granted on the topic itself"
  }
}
