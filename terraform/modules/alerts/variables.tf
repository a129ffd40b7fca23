variable "channels" {
  description = "Names of the notification channels, `projects/../notificationChannels/..`, that are told; with none, incidents are only shown."
  type        = list(string)
  default     = []
}

variable "dead_letters" {
  description = "Name of the subscription that keeps the dead letters."
  type        = string
}

variable "disabled" {
  description = "Concerns that nobody wants to hear of."
  type        = set(string)
  default     = []

  validation {
    condition     = length(setsubtract(var.disabled, keys(jsondecode(file("${path.module}/concerns.json"))))) == 0
    error_message = "disabled must name concerns: ${join(", ", keys(jsondecode(file("${path.module}/concerns.json"))))}."
  }
}

variable "failures_in_a_row" {
  description = "How many runs of a table fail in a row before somebody is told."
  type        = number
  default     = 3

  validation {
    condition     = var.failures_in_a_row >= 1 && var.failures_in_a_row <= 20
    error_message = "failures_in_a_row must be 1 to 20: the services count no further."
  }
}

variable "handler" {
  description = "After how long a handler ends by itself, and after how long its platform ends it."
  type = object({
    budget_seconds  = number
    timeout_seconds = number
  })
}

variable "jobs" {
  description = "Names of the jobs whose logs are counted too."
  type        = list(string)
  default     = []
}

variable "labels" {
  description = "Labels of the policies."
  type        = map(string)
  default     = {}
}

variable "log_events" {
  description = "The list of what the services log: fields of every line, fields by event, and words."
  type = object({
    context = map(string)
    events  = map(map(string))
    values  = map(list(string))
  })
}

variable "max_lags" {
  description = "How old a target may be, in seconds, by the name of the table; tables that are not here may be as old as they like."
  type        = map(number)
  default     = {}
}

variable "name" {
  description = "Name of the deployment; the names of metrics and policies begin with it."
  type        = string
}

variable "project" {
  description = "Project of metrics and policies."
  type        = string
}

variable "runbook" {
  description = "Where the runbook can be read: each policy names its section of it."
  type        = string
}

variable "services" {
  description = "Names of the services whose logs are counted."
  type        = list(string)
}

variable "subscriptions" {
  description = "Names of the push subscriptions; none with Eventarc."
  type        = list(string)
  default     = []
}

variable "waiting_seconds" {
  description = "From which age on a message waits for too long."
  type        = number
}
