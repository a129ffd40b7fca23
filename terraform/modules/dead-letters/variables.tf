variable "labels" {
  description = "Labels of topic and subscription."
  type        = map(string)
  default     = {}
}

variable "project" {
  description = "Project of topic and subscription."
  type        = string
}

variable "publishers" {
  description = "IAM members that may publish, by any key that is known in a plan: the services, and Pub/Sub's own agent."
  type        = map(string)
}

variable "subscription" {
  description = "The subscription that keeps the dead letters."
  type = object({
    ack_deadline_seconds      = number
    message_retention_seconds = number
    name                      = string
  })
}

variable "topic" {
  description = "Name of the topic, with the deployment's prefix."
  type        = string
}
