variable "dead_letters" {
  description = "Topic that gets a message after so many attempts, and Pub/Sub's service agent as an IAM member; null keeps trying until the message expires."
  type = object({
    agent                 = string
    max_delivery_attempts = number
    topic_id              = string
  })
  default = null

  validation {
    condition     = var.dead_letters == null ? true : var.dead_letters.max_delivery_attempts >= 5 && var.dead_letters.max_delivery_attempts <= 100
    error_message = "dead_letters.max_delivery_attempts must be 5 to 100."
  }
}

variable "delivery" {
  description = "How long an attempt may take, how long a message is kept, and the pause between attempts."
  type = object({
    ack_deadline_seconds      = number
    maximum_backoff_seconds   = number
    message_retention_seconds = number
    minimum_backoff_seconds   = number
  })

  validation {
    condition     = var.delivery.ack_deadline_seconds <= 600
    error_message = "delivery.ack_deadline_seconds must be at most 600: Pub/Sub waits no longer for an answer."
  }
}

variable "endpoint" {
  description = "Address of the service, and the service account that calls it."
  type = object({
    caller = string
    uri    = string
  })
}

variable "labels" {
  description = "Labels of the subscription."
  type        = map(string)
  default     = {}
}

variable "name" {
  description = "Name of the subscription, with the deployment's prefix."
  type        = string
}

variable "project" {
  description = "Project of the subscription."
  type        = string
}

variable "topic_id" {
  description = "Full name of the topic."
  type        = string
}
