# The usual deployment: Cloud Run, our own push subscriptions, dead letters.

mock_provider "google" {
  source = "./offline-check/mocks"
}

variables {
  environment = { SCHEMA = "public" }
  images = {
    extractor = "europe-west1-docker.pkg.dev/my-project/deltaferry/extractor@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    loader    = "europe-west1-docker.pkg.dev/my-project/deltaferry/loader@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    merger    = "europe-west1-docker.pkg.dev/my-project/deltaferry/merger@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  }
  name       = "shop"
  region     = "europe-west1"
  secrets    = { SHOP_PASSWORD = { secret = "shop-password" } }
  table_file = "tests/tables.yaml"
}

# What only an apply will know must not decide what there is.
run "first_plan" {
  command = plan

  assert {
    condition     = length(module.service) == 3 && length(module.subscription) == 3 && length(output.schedules) == 2
    error_message = "a first plan shows everything"
  }
}

# Applied once: each run takes as long as everything in it.
run "usual" {
  # subscriptions
  assert {
    condition     = toset(keys(module.subscription)) == toset(["extractor", "loader", "merger"])
    error_message = "each service has a subscription"
  }

  assert {
    condition = output.subscriptions == {
      extractor = "shop-extract-requests-push", loader = "shop-staged-deltas-push", merger = "shop-loaded-deltas-push"
    }
    error_message = "named after their topics: ${jsonencode(output.subscriptions)}"
  }

  assert {
    condition = alltrue([
      for of in module.subscription : length(of.subscription.push_config[0].oidc_token) == 1
      && of.subscription.push_config[0].oidc_token[0].audience == of.subscription.push_config[0].push_endpoint
    ])
    error_message = "every push is signed, for the service's address"
  }

  assert {
    condition     = alltrue([for of in module.subscription : of.subscription.expiration_policy[0].ttl == ""])
    error_message = "no subscription expires"
  }

  assert {
    condition     = alltrue([for of in module.subscription : of.subscription.ack_deadline_seconds == 600 && of.subscription.message_retention_duration == "604800s"])
    error_message = "an attempt may take ten minutes, and a message may wait a week"
  }

  assert {
    condition     = alltrue([for of in module.subscription : of.subscription.retry_policy[0].minimum_backoff == "10s" && of.subscription.retry_policy[0].maximum_backoff == "300s"])
    error_message = "attempts are spaced out"
  }

  assert {
    condition = alltrue([
      for of in module.subscription : of.subscription.dead_letter_policy[0].max_delivery_attempts >= 5 && of.subscription.dead_letter_policy[0].max_delivery_attempts <= 100
    ])
    error_message = "what no attempt can handle becomes a dead letter"
  }

  assert {
    condition     = output.dead_letters == { subscription = "shop-dead-letters-reader", topic = "shop-dead-letters" }
    error_message = "dead letters are kept by a subscription: ${jsonencode(output.dead_letters)}"
  }

  # deadlines
  assert {
    condition = alltrue([
      for of in module.service : of.service.template[0].timeout == "${jsondecode(file("topology.json")).handler.timeout_seconds}s"
    ])
    error_message = "Cloud Run gives up when topology.json says"
  }

  assert {
    condition = alltrue([
      for service, of in module.service : one([for variable in of.service.template[0].containers[0].env : variable.value if variable.name == "DELTAFERRY_BUDGET"]) == "PT${jsondecode(file("topology.json")).handler.budget_seconds}S"
    ])
    error_message = "every service knows its budget"
  }

  assert {
    condition = alltrue([
      for service, of in module.service : one([for variable in of.service.template[0].containers[0].env : variable.value if variable.name == "DELTAFERRY_MAX_DELIVERY_ATTEMPTS"]) == tostring(module.subscription[service].subscription.dead_letter_policy[0].max_delivery_attempts)
    ])
    error_message = "a service gives up when its subscription would"
  }

  assert {
    condition = alltrue([
      for service, of in module.service :
      jsondecode(file("topology.json")).handler.budget_seconds < tonumber(trimsuffix(of.service.template[0].timeout, "s"))
      && tonumber(trimsuffix(of.service.template[0].timeout, "s")) < module.subscription[service].subscription.ack_deadline_seconds
    ])
    error_message = "a service ends before its platform, and that before the delivery"
  }

  assert {
    condition     = module.service["extractor"].service.template[0].max_instance_request_concurrency == 1
    error_message = "an extraction has an instance of its own"
  }

  # services
  assert {
    condition     = { for service, of in module.service : service => of.service.name } == { extractor = "shop-extractor", loader = "shop-loader", merger = "shop-merger" }
    error_message = "named after the deployment"
  }

  assert {
    condition = jsonencode({ for variable in module.service["extractor"].service.template[0].containers[0].env : variable.name => variable.value if length(variable.value_source) == 0 }) == jsonencode({
      DELTAFERRY_BUCKET                = "my-project-deltas"
      DELTAFERRY_BUDGET                = "PT480S"
      DELTAFERRY_CONTROL_DATASET       = "shop_control"
      DELTAFERRY_LOCATION              = "europe-west1"
      DELTAFERRY_MAX_DELIVERY_ATTEMPTS = "20"
      DELTAFERRY_PROJECT               = "my-project"
      DELTAFERRY_TABLES                = "gs://my-project-deltas/config/tables.yaml"
      DELTAFERRY_TABLES_GENERATION     = "1234567890123456"
      DELTAFERRY_TOPIC_PREFIX          = "shop-"
      SCHEMA                           = "public"
    })
    error_message = "the extractor knows where its table file lies, and which generation of it"
  }

  assert {
    condition = jsonencode({ for variable in module.service["extractor"].service.template[0].containers[0].env : variable.name => variable.value_source[0].secret_key_ref[0] if length(variable.value_source) > 0 }) == jsonencode({
      SHOP_PASSWORD = { secret = "projects/my-project/secrets/shop-password", version = "latest" }
    })
    error_message = "a secret is a reference, never a value"
  }

  assert {
    condition = alltrue([
      for service in ["loader", "merger"] : jsonencode(sort([for variable in module.service[service].service.template[0].containers[0].env : variable.name])) == jsonencode([
        "DELTAFERRY_BUCKET", "DELTAFERRY_BUDGET", "DELTAFERRY_CONTROL_DATASET", "DELTAFERRY_LOCATION", "DELTAFERRY_MAX_DELIVERY_ATTEMPTS", "DELTAFERRY_PROJECT", "DELTAFERRY_TOPIC_PREFIX",
      ])
    ])
    error_message = "the other services know neither the table file nor a secret"
  }

  assert {
    condition     = alltrue([for of in module.service : of.service.deletion_protection && of.service.ingress == "INGRESS_TRAFFIC_INTERNAL_ONLY"])
    error_message = "protected, and reached from within only"
  }

  # identities
  assert {
    condition     = toset(flatten(values(module.identities.project_roles))) == toset(["roles/bigquery.jobUser"])
    error_message = "nobody may read or write data in the whole project: ${jsonencode(module.identities.project_roles)}"
  }

  assert {
    condition     = length(module.identities.project_roles.push) == 0
    error_message = "who pushes may do nothing else"
  }

  # bucket
  assert {
    condition     = module.staging_bucket.bucket.uniform_bucket_level_access && module.staging_bucket.bucket.public_access_prevention == "enforced"
    error_message = "never public"
  }

  assert {
    condition     = module.staging_bucket.bucket.soft_delete_policy[0].retention_duration_seconds == 0
    error_message = "deleted is deleted"
  }

  assert {
    condition     = { for rule in module.staging_bucket.bucket.lifecycle_rule : one(one(rule.condition).matches_prefix) => one(rule.condition).age } == jsondecode(file("topology.json")).bucket.expire_days
    error_message = "ages as topology.json has them"
  }

  assert {
    condition     = !anytrue([for rule in module.staging_bucket.bucket.lifecycle_rule : startswith(google_storage_bucket_object.table_file.name, one(one(rule.condition).matches_prefix))])
    error_message = "no rule deletes the table file"
  }

  assert {
    condition     = google_storage_bucket_object.table_file.content == file("tests/tables.yaml")
    error_message = "the services read the file that Terraform read"
  }

  assert {
    condition     = module.staging_bucket.bucket.location == "EUROPE-WEST1"
    error_message = "the bucket lies where the datasets do"
  }

  # schedules
  assert {
    condition     = jsonencode(output.schedules) == jsonencode({ Order-Lines_2 = "shop-Order-Lines_2", orders = "shop-orders" })
    error_message = "a job for each table: ${jsonencode(output.schedules)}"
  }

  assert {
    condition     = alltrue([for table, request in module.schedule.requests : jsonencode(jsondecode(request.data)) == jsonencode({ table = table }) && request.attributes == tomap({ trigger = "schedule" })])
    error_message = "each job sends a request that the extractor takes: ${jsonencode(module.schedule.requests)}"
  }

  assert {
    condition     = jsonencode(local.schedules) == jsonencode({ Order-Lines_2 = "0 3 * * mon-fri", orders = "*/15 * * * *" })
    error_message = "its own schedule, else the default"
  }

  # datasets
  assert {
    condition     = jsonencode(output.datasets) == jsonencode({ control = "shop_control", staging = "shop_staging", targets = ["sales", "shop"] })
    error_message = "the datasets of the table file: ${jsonencode(output.datasets)}"
  }
}

run "other_ages" {
  variables {
    parts_days   = 7
    records_days = 90
  }

  assert {
    condition = { for rule in module.staging_bucket.bucket.lifecycle_rule : one(one(rule.condition).matches_prefix) => one(rule.condition).age } == {
      "clock/" = 90, "control/" = 90, "manifests/" = 90, "parts/" = 7, "pending/" = 90
    }
    error_message = "ages as asked for"
  }
}

run "sizes" {
  variables {
    sizes = { extractor = { max_instances = 2 }, merger = { memory = "2Gi" } }
  }

  assert {
    condition     = module.service["extractor"].service.template[0].scaling[0].max_instance_count == 2 && module.service["extractor"].service.template[0].containers[0].resources[0].limits.cpu == "2"
    error_message = "what is not said stays as it is"
  }

  assert {
    condition     = module.service["merger"].service.template[0].containers[0].resources[0].limits.memory == "2Gi" && module.service["loader"].service.template[0].containers[0].resources[0].limits.memory == "1Gi"
    error_message = "each service has a size of its own"
  }
}

run "without_dead_letters" {
  variables {
    dead_letters = false
  }

  assert {
    condition     = alltrue([for of in module.subscription : length(of.subscription.dead_letter_policy) == 0])
    error_message = "Pub/Sub tries until the message expires"
  }
}
