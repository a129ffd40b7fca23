variable "deletion_protection" {
  description = "Whether Terraform refuses to destroy the job."
  type        = bool
  default     = true
}

variable "environment" {
  description = "Environment variables."
  type        = map(string)
}

variable "identity" {
  description = "Address of the service account the job runs as."
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
  description = "Labels of the job and its executions."
  type        = map(string)
  default     = {}
}

variable "max_retries" {
  description = "How often a task that failed is tried again."
  type        = number
}

variable "name" {
  description = "Name of the job."
  type        = string
}

variable "network" {
  description = "The VPC network that the job reaches into; null for none."
  type = object({
    egress     = string
    network    = optional(string)
    subnetwork = string
    tags       = optional(list(string), [])
  })
  default = null
}

variable "project" {
  description = "Project of the job."
  type        = string
}

variable "region" {
  description = "Region of the job."
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
  description = "Processors and memory of a task."
  type = object({
    cpu    = string
    memory = string
  })
}

variable "starter" {
  description = "Address of the service account that may start the job."
  type        = string
}

variable "task" {
  description = "The class that the image runs in the place of its function."
  type        = string
}

variable "timeout_seconds" {
  description = "After which Cloud Run ends an attempt: later than the attempt itself."
  type        = number
}
