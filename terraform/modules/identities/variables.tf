variable "name" {
  description = "Name of the deployment; the accounts' names begin with it."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,18}[a-z0-9]$", var.name))
    error_message = "name must be 2 to 20 lower-case letters, digits and -, a letter first and no - last: with -extractor it becomes a service account's name of at most 30."
  }
}

variable "project" {
  description = "Project of the deployment."
  type        = string
}

variable "pubsub_agent" {
  description = "Pub/Sub's service agent as an IAM member."
  type        = string
}

variable "secrets" {
  description = "Secrets the extractor may read, by any key that is known in a plan."
  type = map(object({
    project = string
    secret  = string
  }))
  default = {}
}

variable "source_database" {
  description = "How the source database is reached: `alloydb`, `cloudsql` or `url`, in which project, and whether by IAM login."
  type = object({
    iam_auth = optional(bool, false)
    kind     = string
    project  = optional(string)
  })

  validation {
    condition     = contains(["alloydb", "cloudsql", "url"], var.source_database.kind)
    error_message = "source_database.kind must be alloydb, cloudsql or url."
  }
}

variable "trigger" {
  description = "Who calls the services: `push`, or `eventarc`."
  type        = string

  validation {
    condition     = contains(["eventarc", "push"], var.trigger)
    error_message = "trigger must be push or eventarc."
  }
}
