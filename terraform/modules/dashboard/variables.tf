variable "dead_letters" {
  description = "Name of the subscription that keeps the dead letters."
  type        = string
}

variable "handler" {
  description = "After how long a handler ends by itself, and after how long its platform ends it."
  type = object({
    budget_seconds  = number
    timeout_seconds = number
  })
}

variable "jobs" {
  description = "Whether jobs log too."
  type        = bool
  default     = false
}

variable "metrics" {
  description = "Names of the metrics made from the services' logs."
  type = object({
    handler-duration = string
    run-bytes        = string
    run-lag          = string
    run-rows         = string
    runs             = string
  })
}

variable "name" {
  description = "Name of the deployment."
  type        = string
}

variable "project" {
  description = "Project of the dashboard."
  type        = string
}

variable "runbook" {
  description = "Where the runbook can be read."
  type        = string
}

variable "subscriptions" {
  description = "Names of the push subscriptions; none with Eventarc."
  type        = list(string)
  default     = []
}
