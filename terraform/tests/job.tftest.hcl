# A table whose rows no request has time to read.

mock_provider "google" {
  source = "./offline-check/mocks"
}

variables {
  images = {
    extractor = "europe-west1-docker.pkg.dev/my-project/deltaferry/extractor@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    loader    = "europe-west1-docker.pkg.dev/my-project/deltaferry/loader@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    merger    = "europe-west1-docker.pkg.dev/my-project/deltaferry/merger@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  }
  name       = "shop"
  network    = { subnetwork = "services" }
  region     = "europe-west1"
  secrets    = { SHOP_PASSWORD = { secret = "shop-password" } }
  table_file = "tests/job.yaml"
}

# What only an apply will know must not decide what there is.
run "first_plan" {
  command = plan

  assert {
    condition     = length(module.extract_job) == 1
    error_message = "a first plan shows the job"
  }
}

run "job" {
  assert {
    condition     = output.extract_job == "projects/my-project/locations/europe-west1/jobs/shop-extract"
    error_message = "named after the deployment: ${output.extract_job}"
  }

  assert {
    condition     = module.extract_job[0].job.template[0].template[0].containers[0].image == module.service["extractor"].service.template[0].containers[0].image && module.extract_job[0].job.template[0].template[0].containers[0].args == tolist([jsondecode(file("topology.json")).job.task])
    error_message = "the extractor's image runs the task"
  }

  assert {
    condition     = module.extract_job[0].job.template[0].template[0].timeout == "${jsondecode(file("topology.json")).job.timeout_seconds}s" && module.extract_job[0].job.template[0].template[0].max_retries == jsondecode(file("topology.json")).job.max_retries
    error_message = "as topology.json says"
  }

  # The job has what the extractor has, and its own time.
  assert {
    condition = {
      for variable in module.extract_job[0].job.template[0].template[0].containers[0].env : variable.name => variable.value if length(variable.value_source) == 0
      } == merge(
      { for variable in module.service["extractor"].service.template[0].containers[0].env : variable.name => variable.value if length(variable.value_source) == 0 && variable.name != "DELTAFERRY_EXTRACT_JOB" },
      { DELTAFERRY_TASK_ATTEMPTS = "4", DELTAFERRY_TASK_BUDGET = "PT85800S" },
    )
    error_message = jsonencode(module.extract_job[0].job.template[0].template[0].containers[0].env)
  }

  assert {
    condition     = one([for variable in module.service["extractor"].service.template[0].containers[0].env : variable.value if variable.name == "DELTAFERRY_EXTRACT_JOB"]) == output.extract_job
    error_message = "the extractor knows which job it starts"
  }

  assert {
    condition     = alltrue([for service in ["loader", "merger"] : !contains([for variable in module.service[service].service.template[0].containers[0].env : variable.name], "DELTAFERRY_EXTRACT_JOB")])
    error_message = "nobody else starts it"
  }

  assert {
    condition = { for variable in module.extract_job[0].job.template[0].template[0].containers[0].env : variable.name => variable.value_source[0].secret_key_ref[0].secret if length(variable.value_source) > 0 } == {
      SHOP_PASSWORD = "projects/my-project/secrets/shop-password"
    }
    error_message = "it reads the database's secrets"
  }

  assert {
    condition     = module.extract_job[0].job.template[0].template[0].vpc_access[0].network_interfaces[0].subnetwork == module.service["extractor"].service.template[0].vpc_access[0].network_interfaces[0].subnetwork
    error_message = "it reaches the database as the extractor does"
  }

  assert {
    condition     = strcontains(module.alerts[0].metrics["runs"].filter, "resource.labels.job_name=(\"shop-extract\")")
    error_message = "what it logs is counted: ${module.alerts[0].metrics["runs"].filter}"
  }
}

run "other_size" {
  variables {
    extract_job = { cpu = "4", max_retries = 0, memory = "8Gi", timeout_seconds = 7200 }
  }

  assert {
    condition     = module.extract_job[0].job.template[0].template[0].timeout == "7200s" && module.extract_job[0].job.template[0].template[0].max_retries == 0 && module.extract_job[0].job.template[0].template[0].containers[0].resources[0].limits == tomap({ cpu = "4", memory = "8Gi" })
    error_message = "as asked for"
  }

  assert {
    condition     = { for variable in module.extract_job[0].job.template[0].template[0].containers[0].env : variable.name => variable.value if startswith(variable.name, "DELTAFERRY_TASK_") } == { DELTAFERRY_TASK_ATTEMPTS = "1", DELTAFERRY_TASK_BUDGET = "PT6600S" }
    error_message = "a task knows how long it has and how often"
  }
}

# Eventarc calls the extractor, which starts the job all the same.
run "eventarc" {
  variables {
    trigger = "eventarc"
  }

  assert {
    condition     = output.extract_job == "projects/my-project/locations/europe-west1/jobs/shop-extract"
    error_message = "the job does not depend on the trigger"
  }
}

run "no_table_asks_for_it" {
  command = plan

  variables {
    table_file = "tests/tables.yaml"
  }

  assert {
    condition     = length(module.extract_job) == 0 && output.extract_job == null
    error_message = "no job that nobody starts"
  }
}

run "functions_have_no_job" {
  command = plan

  variables {
    archives = { extractor = "tests/archive.zip", loader = "tests/archive.zip", merger = "tests/archive.zip" }
    images   = null
    network  = null
    runtime  = "function"
  }

  expect_failures = [data.google_project.this]
}

run "no_time_at_all" {
  command = plan

  variables {
    extract_job = { timeout_seconds = 600 }
  }

  expect_failures = [var.extract_job]
}

run "longer_than_staged_rows_are_kept" {
  command = plan

  variables {
    extract_job = { timeout_seconds = 604800 }
  }

  expect_failures = [var.extract_job]
}

run "retries_for_ever" {
  command = plan

  variables {
    extract_job = { max_retries = 11 }
  }

  expect_failures = [var.extract_job]
}
