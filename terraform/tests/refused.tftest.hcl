# What a plan refuses.

mock_provider "google" {
  source = "./offline-check/mocks"
}

variables {
  images = {
    extractor = "europe-west1-docker.pkg.dev/my-project/deltaferry/extractor@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    loader    = "europe-west1-docker.pkg.dev/my-project/deltaferry/loader@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    merger    = "europe-west1-docker.pkg.dev/my-project/deltaferry/merger@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  }
  region     = "europe-west1"
  secrets    = { SHOP_PASSWORD = { secret = "shop-password" } }
  table_file = "tests/tables.yaml"
}

run "no_table_file" {
  command = plan

  variables {
    table_file = "tests/absent.yaml"
  }

  expect_failures = [data.google_project.this]
}

run "name_that_is_no_schedule" {
  command = plan

  variables {
    table_file = "modules/table-file/tests/files/refused/name-illegal.yaml"
  }

  expect_failures = [data.google_project.this]
}

run "two_tables_with_one_target" {
  command = plan

  variables {
    table_file = "modules/table-file/tests/files/refused/targets-equal.yaml"
  }

  expect_failures = [data.google_project.this]
}

run "secret_that_nobody_gave" {
  command = plan

  variables {
    secrets = {}
  }

  expect_failures = [data.google_project.this]
}

run "password_in_clear" {
  command = plan

  variables {
    table_file = "modules/table-file/tests/files/refused-in-a-plan/password-in-clear.yaml"
  }

  expect_failures = [data.google_project.this]
}

run "password_in_environment" {
  command = plan

  variables {
    environment = { OTHER_PASSWORD = "hunter2" }
  }

  expect_failures = [var.environment]
}

run "secret_by_value" {
  command = plan

  variables {
    secrets = { SHOP_PASSWORD = { secret = "hunter2!" } }
  }

  expect_failures = [var.secrets]
}

run "secret_in_the_place_of_ours" {
  command = plan

  variables {
    secrets = { DELTAFERRY_BUCKET = { secret = "bucket" }, SHOP_PASSWORD = { secret = "shop-password" } }
  }

  expect_failures = [var.secrets]
}

run "no_images" {
  command = plan

  variables {
    images = null
  }

  expect_failures = [var.images]
}

run "image_by_tag" {
  command = plan

  variables {
    images = { extractor = "extractor:latest", loader = "loader:latest", merger = "merger:latest" }
  }

  expect_failures = [var.images]
}

run "no_archives" {
  command = plan

  variables {
    runtime = "function"
  }

  expect_failures = [var.archives]
}

run "archives_that_are_not_there" {
  command = plan

  variables {
    archives = { extractor = "tests/absent.zip", loader = "tests/absent.zip", merger = "tests/absent.zip" }
    runtime  = "function"
  }

  expect_failures = [var.archives]
}

run "function_without_connector" {
  command = plan

  variables {
    archives = { extractor = "tests/archive.zip", loader = "tests/archive.zip", merger = "tests/archive.zip" }
    network  = { subnetwork = "services" }
    runtime  = "function"
  }

  expect_failures = [var.network]
}

run "eventarc_with_dead_letters" {
  command = plan

  variables {
    dead_letters = true
    trigger      = "eventarc"
  }

  expect_failures = [var.dead_letters]
}

run "extractions_side_by_side" {
  command = plan

  variables {
    sizes = { extractor = { concurrency = 2 } }
  }

  expect_failures = [var.sizes]
}

run "size_of_nobody" {
  command = plan

  variables {
    sizes = { extracter = { memory = "2Gi" } }
  }

  expect_failures = [var.sizes]
}

run "name_too_long" {
  command = plan

  variables {
    name = "a-name-of-21-letters-"
  }

  expect_failures = [var.name]
}

run "another_runtime" {
  command = plan

  variables {
    runtime = "job"
  }

  expect_failures = [var.runtime]
}

run "another_trigger" {
  command = plan

  variables {
    trigger = "pull"
  }

  expect_failures = [var.trigger]
}
