run "accepted" {
  command = plan

  module {
    source = "./tests/all"
  }

  variables {
    directory = "accepted"
  }

  assert {
    condition     = output.count > 0 && length(flatten(values(output.problems))) == 0
    error_message = "no file here has a problem: ${jsonencode(output.problems)}"
  }

  assert {
    condition = jsonencode(output.files["everything.yaml"]) == jsonencode({
      bucket      = "deltas.example.com"
      hash_secret = "projects/vault/secrets/hash-key/versions/3"
      source      = { iam_auth = true, kind = "alloydb", private = true, project = "shop-data", secret = null, user = "deltaferry@shop-sync.iam" }
      tables = {
        Orders-2 = { extract_in = "service", max_lag = 93605, reconcile = "0 4 * * *", schedule = "*/15 6-22 * * mon-fri", target = { dataset = "sales", table = "order_lines" } }
        _open    = { extract_in = "job", max_lag = null, reconcile = "0 5 * * sun", schedule = "0 3 * * *", target = { dataset = "shop", table = "_open" } }
      }
      target = {
        control  = "shop_progress"
        datasets = ["sales", "shop"]
        location = "europe-west1"
        project  = "example.com:my-project"
        staging  = "shop_temp"
      }
      topic_prefix = "shop-"
    })
    error_message = "defaults are merged as the services do it: ${jsonencode(output.files["everything.yaml"])}"
  }

  assert {
    condition     = jsonencode(output.files["minimal.yaml"].target) == jsonencode({ control = "shop_control", datasets = ["shop"], location = "US", project = "my-project", staging = "shop_staging" })
    error_message = "what the file leaves out is as the services have it: ${jsonencode(output.files["minimal.yaml"])}"
  }

  assert {
    condition     = output.files["minimal.yaml"].tables.orders.extract_in == "service"
    error_message = "a request reads its rows itself unless the file says otherwise"
  }

  assert {
    condition     = output.files["minimal.yaml"].tables.orders.schedule == null
    error_message = "a table without a schedule runs on request only"
  }

  assert {
    condition     = alltrue([for name, table in output.files["durations.yaml"].tables : name == "t_${table.max_lag}"])
    error_message = "a duration has as many seconds as the services read: ${jsonencode(output.files["durations.yaml"].tables)}"
  }

  assert {
    condition     = output.files["minimal.yaml"].tables.orders.max_lag == null
    error_message = "a table without max_lag may be as old as it likes"
  }

  assert {
    condition     = { for name in ["login-in-url", "minimal", "password-in-secret-manager", "url-in-secret"] : name => output.files["${name}.yaml"].source.private } == { login-in-url = true, minimal = false, password-in-secret-manager = false, url-in-secret = false }
    error_message = "private is what only a network of one's own reaches"
  }

  assert {
    condition     = output.files["password-in-secret-manager.yaml"].source.project == "my-project"
    error_message = "a Cloud SQL instance's project is part of its name"
  }

  assert {
    condition     = output.files["password-in-secret-manager.yaml"].source.secret == "projects/p/secrets/shop/versions/latest"
    error_message = "the secret of the password is named"
  }
}

run "refused" {
  command = plan

  module {
    source = "./tests/all"
  }

  variables {
    directory = "refused"
  }

  assert {
    condition     = output.count >= 50
    error_message = "refused files are missing: only ${output.count} are there"
  }

  assert {
    condition     = length(output.surprises) == 0
    error_message = jsonencode(output.surprises)
  }
}

run "refused_in_a_plan" {
  command = plan

  module {
    source = "./tests/all"
  }

  variables {
    directory = "refused-in-a-plan"
  }

  assert {
    condition     = output.count >= 6
    error_message = "refused files are missing: only ${output.count} are there"
  }

  assert {
    condition     = length(output.surprises) == 0
    error_message = jsonencode(output.surprises)
  }
}

run "no_file" {
  command = plan

  variables {
    path = "tests/files/absent.yaml"
  }

  assert {
    condition     = jsonencode(output.problems) == jsonencode(["there is no such file"])
    error_message = jsonencode(output.problems)
  }
}

# A URL of the environment takes the place of the whole section, which then needs no grant and no network.
run "replaced_source" {
  command = plan

  variables {
    environment = { REGION = "EU", SCHEMA = "public" }
    path        = "tests/files/accepted/everything.yaml"
    secrets     = ["DELTAFERRY_SOURCE_URL"]
  }

  assert {
    condition     = length(output.problems) == 0 && jsonencode(output.file.source) == jsonencode({ iam_auth = false, kind = "url", private = false, project = null, secret = null, user = "deltaferry@shop-sync.iam" })
    error_message = jsonencode([output.problems, output.file.source])
  }
}

run "private_hosts" {
  command = plan

  module {
    source = "./tests/hosts"
  }

  assert {
    condition     = length(output.wrong) == 0
    error_message = jsonencode(output.wrong)
  }
}
