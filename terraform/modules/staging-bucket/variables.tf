variable "expire_days" {
  description = "Age in days at which objects are deleted, by the prefix of their names."
  type        = map(number)

  validation {
    condition     = alltrue([for prefix, days in var.expire_days : days >= (prefix == "parts/" ? 7 : 45)])
    error_message = "expire_days must be at least 7 for parts/, as long as a message may wait for its service, and at least 45 for all others: they number the runs, and a dead letter that is 38 days old may still be replayed."
  }

  validation {
    condition     = alltrue([for prefix in keys(var.expire_days) : can(regex("^[a-z]+/$", prefix))])
    error_message = "expire_days must have directories as keys, such as parts/: any shorter prefix might take the table file with it."
  }
}

variable "force_destroy" {
  description = "Whether the bucket may be destroyed with what it holds."
  type        = bool
  default     = false
}

variable "labels" {
  description = "Labels of the bucket."
  type        = map(string)
  default     = {}
}

variable "location" {
  description = "Location of the bucket: that of the datasets, or within it."
  type        = string
}

variable "name" {
  description = "Name of the bucket."
  type        = string
}

variable "notification" {
  description = "Which of the bucket's events are told to which topic, and Cloud Storage's service agent as an IAM member; null for none."
  type = object({
    agent          = string
    event_type     = string
    object_prefix  = string
    payload_format = string
    topic_id       = string
    topic_name     = string
  })
  default = null
}

variable "project" {
  description = "Project of the bucket, and of the notification's topic."
  type        = string
}

variable "services" {
  description = "The services as IAM members."
  type = object({
    extractor = string
    loader    = string
    merger    = string
  })
}

variable "soft_delete_seconds" {
  description = "How long deleted objects are kept, and paid for."
  type        = number
}
