variable "archive" {
  description = "Path of the archive to build from, and the bucket and directory it is uploaded to."
  type = object({
    bucket    = string
    directory = string
    path      = string
  })
}

variable "build_identity" {
  description = "Full name of the service account that builds the function, `projects/../serviceAccounts/..`; null for the project's default."
  type        = string
  default     = null
}

variable "caller" {
  description = "Address of the service account that may call the function."
  type        = string
}

variable "connector" {
  description = "Serverless VPC Access connector into the network of a private database; null for none."
  type        = string
  default     = null
}

variable "entry_point" {
  description = "The function's class."
  type        = string
}

variable "environment" {
  description = "Environment variables."
  type        = map(string)
}

variable "identity" {
  description = "Address of the service account the function runs as."
  type        = string
}

variable "labels" {
  description = "Labels of the function."
  type        = map(string)
  default     = {}
}

variable "name" {
  description = "Name of the function."
  type        = string
}

variable "project" {
  description = "Project of the function."
  type        = string
}

variable "region" {
  description = "Region of the function."
  type        = string
}

variable "runtime" {
  description = "Java runtime of the function: class files for 17 run on all three."
  type        = string
  default     = "java21"

  validation {
    condition     = contains(["java17", "java21", "java25"], var.runtime)
    error_message = "runtime must be java17, java21 or java25."
  }
}

variable "secrets" {
  description = "Environment variables whose values are versions of secrets."
  type = map(object({
    project = string
    secret  = string
    version = string
  }))
  default = {}
}

variable "size" {
  description = "Requests at a time, processors and memory of an instance, and how many instances there may be."
  type = object({
    concurrency   = number
    cpu           = string
    max_instances = number
    memory        = string
    min_instances = number
  })
}

variable "timeout_seconds" {
  description = "After which the platform gives up on a request: later than the function itself, earlier than Pub/Sub."
  type        = number
}
