# A deployment of Deltaferry: one source database, one table file. What the services and the cloud must agree on stands in topology.json,
# which the services read too.

locals {
  labels   = merge({ deployment = var.name, managed_by = "deltaferry" }, var.labels)
  project  = data.google_project.this.project_id
  topology = jsondecode(file("${path.module}/topology.json"))

  # Google's own accounts that act for this project.
  agents = {
    pubsub  = "serviceAccount:service-${data.google_project.this.number}@gcp-sa-pubsub.iam.gserviceaccount.com"
    run     = "serviceAccount:service-${data.google_project.this.number}@serverless-robot-prod.iam.gserviceaccount.com"
    storage = data.google_storage_project_service_account.this.member
  }

  apis = concat(
    ["bigquery", "cloudscheduler", "iam", "pubsub", "run", "storage"],
    local.table_file.source.kind == "alloydb" ? ["alloydb"] : [],
    local.table_file.source.kind == "cloudsql" ? ["sqladmin"] : [],
    var.alerts == null ? [] : ["logging", "monitoring"],
    length(local.secret_access) > 0 ? ["secretmanager"] : [],
    var.network == null ? [] : ["compute"],
    var.runtime == "function" ? ["artifactregistry", "cloudbuild", "cloudfunctions"] : [],
    var.trigger == "eventarc" ? ["eventarc"] : [],
  )
}

# The extractor's account, as PostgreSQL's roles name it. In a project of a domain (domain:project) the two change places.
locals {
  database_user = "${var.name}-extractor@${join(".", reverse(split(":", local.table_file.target.project)))}.iam"
}

# Everything else depends on the project, so that a plan which finds a problem says that and nothing else.
data "google_project" "this" {
  project_id = local.table_file.target.project

  lifecycle {
    precondition {
      condition     = length(module.table_file.problems) == 0
      error_message = "The table file ${var.table_file} cannot be used:\n  ${join("\n  ", module.table_file.problems)}"
    }

    precondition {
      condition     = length(local.job_tables) == 0 || var.runtime == "run"
      error_message = "A Cloud Run job reads the rows of ${join(", ", local.job_tables)}, as extract_in says in the table file, and runtime is function, which has none. Remove extract_in, or use runtime = \"run\"."
    }

    precondition {
      condition     = !local.table_file.source.private || var.network != null
      error_message = "The source database has a private address, and `network` is null: name the subnetwork from which it can be reached. (An AlloyDB instance is private unless the table file sets source.properties.alloydbIpType: PUBLIC.)"
    }

    precondition {
      condition     = !local.table_file.source.iam_auth || coalesce(local.table_file.source.user, local.database_user) == local.database_user
      error_message = "source.user must be ${local.database_user}: with iam_auth the extractor logs in as itself."
    }
  }
}

# Makes Cloud Storage's agent, which a new project has not yet.
data "google_storage_project_service_account" "this" {
  project = local.project
}

module "apis" {
  source = "./modules/apis"

  project  = local.project
  services = local.apis
}
