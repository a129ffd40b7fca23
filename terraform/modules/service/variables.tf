variable "caller" {
  description = "Address of the service account that may call the service."
  type        = string
}

variable "deletion_protection" {
  description = "Whether Terraform refuses to destroy the service."
  type        = bool
  default     = true
}

variable "environment" {
  description = "Environment variables."
  type        = map(string)
}

variable "health_path" {
  description = "Path at which the service says that it runs."
  type        = string

  validation {
    condition     = !endswith(var.health_path, "z")
    error_message = "health_path must not end in z: Cloud Run keeps such paths for itself."
  }
}

variable "identity" {
  description = "Address of the service account the service runs as."
  type        = string
}

variable "image" {
  description = "The container's image by its digest."
  type        = string

  validation {
    condition     = can(regex("^[^@\\s]+@sha256:[0-9a-f]{64}$", var.image))
    error_message = "image must be named by its digest, as in REGION-docker.pkg.dev/PROJECT/REPOSITORY/NAME@sha256:..: a tag may point to another image tomorrow, and no plan would show it."
  }
}

variable "labels" {
  description = "Labels of the service and its revisions."
  type        = map(string)
  default     = {}
}

variable "name" {
  description = "Name of the service."
  type        = string
}

variable "network" {
  description = "The VPC network that the service reaches into; null for none."
  type = object({
    egress     = string
    network    = optional(string)
    subnetwork = string
    tags       = optional(list(string), [])
  })
  default = null
}

variable "project" {
  description = "Project of the service."
  type        = string
}

variable "region" {
  description = "Region of the service."
  type        = string
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
  description = "After which Cloud Run gives up on a request: later than the service itself, earlier than Pub/Sub."
  type        = number
}
