variable "alerts" {
  description = "Who is told of what: `channels`, existing notification channels `projects/../notificationChannels/..`; `disabled`, concerns that nobody wants to hear of, which are the sections of the runbook; `failures_in_a_row`, from how many on a table's failed runs are told; and `runbook`, the address of the runbook where those who are told can read it. Null for neither alerts nor dashboard."
  type = object({
    channels          = optional(list(string), [])
    disabled          = optional(set(string), [])
    failures_in_a_row = optional(number, 3)
    runbook           = optional(string, "docs/runbook.md")
  })
  default = {}

  validation {
    condition     = var.alerts == null ? true : alltrue([for channel in var.alerts.channels : can(regex("^projects/[^/]+/notificationChannels/[^/]+$", channel))])
    error_message = "alerts.channels must name notification channels that exist, as in projects/PROJECT/notificationChannels/123; `gcloud beta monitoring channels list` shows them."
  }
}

variable "archives" {
  description = "Paths of the three function archives; required with `runtime = \"function\"`."
  type = object({
    extractor = string
    loader    = string
    merger    = string
  })
  default = null

  validation {
    condition     = var.runtime != "function" || var.archives != null
    error_message = "archives must name the three archives that the functions are built from, since runtime is function."
  }

  validation {
    condition     = var.archives == null ? true : alltrue([for path in values(var.archives) : fileexists(path)])
    error_message = "archives must be paths of files that exist; build them first."
  }
}

variable "bucket_location" {
  description = "Location of the staging bucket where it is not that of the datasets; BigQuery loads from the same location or from one within it."
  type        = string
  default     = null
}

variable "build_identity" {
  description = "Service account that builds the functions, `projects/../serviceAccounts/..`; null for the project's default. Only with `runtime = \"function\"`."
  type        = string
  default     = null
}

variable "create_target_datasets" {
  description = "Whether the datasets of the target tables are created too. They usually belong to somebody else."
  type        = bool
  default     = false
}

variable "dead_letters" {
  description = "Whether a message that no attempt could handle becomes a dead letter; null for yes where `trigger` allows it."
  type        = bool
  default     = null

  validation {
    condition     = !(var.trigger == "eventarc" && coalesce(var.dead_letters, false))
    error_message = "dead_letters cannot be had with trigger = \"eventarc\": Eventarc makes its subscriptions itself, and they take no dead-letter policy from Terraform. Use trigger = \"push\"."
  }
}

variable "deletion_protection" {
  description = "Whether Terraform refuses to destroy the services, the bucket and the control and staging datasets with what they hold."
  type        = bool
  default     = true
}

variable "environment" {
  description = "Values of the table file's `$${NAME}` that are no secrets."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for name in keys(var.environment) : !startswith(name, "DELTAFERRY_") && !can(regex("(?i)password|secret", name))])
    error_message = "environment must hold no name that begins with DELTAFERRY_, which are set here, and no password: its values stand in the state and in the console. Passwords belong into secrets."
  }
}

variable "extract_job" {
  description = "The job that reads tables with `extract_in: job`, of which there is none without such tables: `cpu` and `memory` of a task; `timeout_seconds`, how long an attempt may take, at most 6 days; and `max_retries`. Null for those of `topology.json`."
  type = object({
    cpu             = optional(string, "2")
    max_retries     = optional(number)
    memory          = optional(string, "2Gi")
    timeout_seconds = optional(number)
  })
  default = {}

  validation {
    condition     = try(var.extract_job.timeout_seconds >= 1800 && var.extract_job.timeout_seconds <= 518400, var.extract_job.timeout_seconds == null)
    error_message = "extract_job.timeout_seconds must be 1800 to 518400: what a service has no time for, and well within the 7 days after which staged rows may be deleted."
  }

  validation {
    condition     = try(var.extract_job.max_retries >= 0 && var.extract_job.max_retries <= 10, var.extract_job.max_retries == null)
    error_message = "extract_job.max_retries must be 0 to 10."
  }
}

variable "images" {
  description = "Images of the three services by their digests, `HOST/PATH@sha256:..`; required with `runtime = \"run\"`."
  type = object({
    extractor = string
    loader    = string
    merger    = string
  })
  default = null

  validation {
    condition     = var.runtime != "run" || var.images != null
    error_message = "images must name the three images, since runtime is run."
  }

  validation {
    condition     = var.images == null ? true : alltrue([for image in values(var.images) : can(regex("@sha256:[0-9a-f]{64}$", image))])
    error_message = "images must be named by their digests, as in REGION-docker.pkg.dev/PROJECT/REPOSITORY/NAME@sha256:..: a tag may point to another image tomorrow, and no plan would show it."
  }
}

variable "java" {
  description = "Runtime of the functions: `java17`, `java21` or `java25`. Only with `runtime = \"function\"`."
  type        = string
  default     = "java21"
}

variable "labels" {
  description = "Further labels of everything that takes some."
  type        = map(string)
  default     = {}
}

variable "name" {
  description = "Name of the deployment; the names of services, identities and schedules begin with it. Several deployments of one project have different ones, and different `topic_prefix`es in their table files."
  type        = string
  default     = "deltaferry"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,18}[a-z0-9]$", var.name))
    error_message = "name must be 2 to 20 lower-case letters, digits and -, a letter first and no - last."
  }
}

variable "network" {
  description = "Where a private source database can be reached from: a subnetwork with `runtime = \"run\"`, a Serverless VPC Access connector with `runtime = \"function\"`. `grant = false` leaves the grant on a shared network's subnetwork to its owner."
  type = object({
    connector  = optional(string)
    egress     = optional(string, "PRIVATE_RANGES_ONLY")
    grant      = optional(bool, true)
    network    = optional(string)
    subnetwork = optional(string)
    tags       = optional(list(string), [])
  })
  default = null

  validation {
    condition     = var.network == null ? true : var.runtime == "run" ? var.network.subnetwork != null : var.network.connector != null
    error_message = "network must name a subnetwork with runtime = \"run\", and a connector with runtime = \"function\"."
  }
}

variable "parts_days" {
  description = "Age in days at which staged rows are deleted, at least 7; null for that of `topology.json`."
  type        = number
  default     = null
}

variable "records_days" {
  description = "Age in days at which the records of runs are deleted, at least 45; null for that of `topology.json`."
  type        = number
  default     = null
}

variable "region" {
  description = "Region of the services; near the database."
  type        = string
}

variable "runtime" {
  description = "`run` for Cloud Run services, `function` for Cloud Functions."
  type        = string
  default     = "run"

  validation {
    condition     = contains(["function", "run"], var.runtime)
    error_message = "runtime must be run or function."
  }
}

variable "scheduler_region" {
  description = "Region of the schedules where Cloud Scheduler is not offered in `region`."
  type        = string
  default     = null
}

variable "secrets" {
  description = "Values of the table file's `$${NAME}` that are secrets: existing ones of Secret Manager, `NAME` or `projects/../secrets/NAME`, and which version."
  type = map(object({
    secret  = string
    version = optional(string, "latest")
  }))
  default = {}

  validation {
    condition     = alltrue([for name in keys(var.secrets) : !contains(values(jsondecode(file("${path.module}/topology.json")).environment), name) && !contains(keys(var.environment), name)])
    error_message = "secrets must hold no name that is set here or in environment."
  }

  validation {
    condition     = alltrue([for secret in values(var.secrets) : can(regex("^(?:projects/[^/]+/secrets/)?[A-Za-z0-9_-]{1,255}$", secret.secret)) && can(regex("^(?:latest|[1-9][0-9]*)$", secret.version))])
    error_message = "secrets must be names of secrets, NAME or projects/../secrets/NAME, with a version that is a number or latest."
  }
}

variable "sizes" {
  description = "Sizes that differ from the usual, by service: `concurrency` (always 1 for the extractor), `cpu`, `max_instances`, `memory` and `min_instances`."
  type = map(object({
    concurrency   = optional(number)
    cpu           = optional(string)
    max_instances = optional(number)
    memory        = optional(string)
    min_instances = optional(number)
  }))
  default = {}

  validation {
    condition     = alltrue([for service in keys(var.sizes) : contains(["extractor", "loader", "merger"], service)])
    error_message = "sizes must have extractor, loader or merger as keys."
  }

  validation {
    condition     = coalesce(try(var.sizes.extractor.concurrency, null), 1) == 1
    error_message = "sizes.extractor.concurrency must be 1: an extraction has an instance of its own, whose memory and processors are meant for one. Raise max_instances."
  }
}

variable "table_file" {
  description = "Path of the table file."
  type        = string
}

variable "trigger" {
  description = "`push` for our own Pub/Sub subscriptions, `eventarc` for Eventarc's, which keep an event for 24 hours only and take no dead letters."
  type        = string
  default     = "push"

  validation {
    condition     = contains(["eventarc", "push"], var.trigger)
    error_message = "trigger must be push or eventarc."
  }
}
