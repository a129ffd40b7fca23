# Cloud Functions called by Eventarc.

mock_provider "google" {
  source = "./offline-check/mocks"
}

variables {
  archives   = { extractor = "tests/archive.zip", loader = "tests/archive.zip", merger = "tests/archive.zip" }
  name       = "shop"
  region     = "europe-west1"
  runtime    = "function"
  secrets    = { SHOP_PASSWORD = { secret = "projects/vault/secrets/shop-password", version = "3" } }
  table_file = "tests/tables.yaml"
  trigger    = "eventarc"
}

run "triggers" {
  assert {
    condition     = toset(keys(module.message_trigger)) == toset(["extractor", "loader", "merger"]) && keys(module.object_trigger) == ["loader"]
    error_message = "messages for all, the bucket's events for the loader"
  }

  assert {
    condition     = length(module.subscription) == 0 && length(output.subscriptions) == 0
    error_message = "Eventarc makes its own subscriptions"
  }

  assert {
    condition     = toset(keys(output.identities)) == toset(["extractor", "loader", "merger", "trigger"])
    error_message = "the triggers have an identity: ${jsonencode(keys(output.identities))}"
  }

  assert {
    condition     = toset(flatten(values(module.identities.project_roles))) == toset(["roles/bigquery.jobUser", "roles/eventarc.eventReceiver"])
    error_message = "no data role in the whole project: ${jsonencode(module.identities.project_roles)}"
  }

  assert {
    condition     = contains(module.apis.services, "eventarc.googleapis.com") && contains(module.apis.services, "cloudfunctions.googleapis.com")
    error_message = "the APIs of Eventarc and of functions are enabled"
  }
}

run "functions" {
  assert {
    condition     = length(module.service) == 0 && toset(keys(module.function)) == toset(["extractor", "loader", "merger"])
    error_message = "functions in the place of services"
  }

  assert {
    condition = { for service, of in module.function : service => of.service.build_config[0].entry_point } == {
      for service, settings in jsondecode(file("topology.json")).services : service => settings.function
    }
    error_message = "each runs its class"
  }

  assert {
    condition     = alltrue([for of in module.function : of.service.service_config[0].timeout_seconds == jsondecode(file("topology.json")).handler.timeout_seconds && length(of.service.event_trigger) == 0])
    error_message = "an HTTP function may take as long as a service; an event-driven one may not"
  }

  assert {
    condition     = module.function["extractor"].service.service_config[0].max_instance_request_concurrency == 1
    error_message = "an extraction has an instance of its own"
  }

  assert {
    condition = jsonencode([for secret in module.function["extractor"].service.service_config[0].secret_environment_variables : [secret.key, secret.project_id, secret.secret, secret.version]]) == jsonencode([
      ["SHOP_PASSWORD", "vault", "shop-password", "3"],
    ])
    error_message = "a secret is a reference"
  }

  assert {
    condition     = alltrue([for service in ["loader", "merger"] : length(module.function[service].service.service_config[0].secret_environment_variables) == 0])
    error_message = "only the extractor has secrets"
  }
}

run "pushed_to_functions" {
  variables {
    trigger = "push"
  }

  assert {
    condition     = alltrue([for of in module.subscription : startswith(of.subscription.push_config[0].push_endpoint, "https://")])
    error_message = "a function's service is pushed to like any other"
  }
}
