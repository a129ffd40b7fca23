variable "labels" {
  description = "Labels of the topic."
  type        = map(string)
  default     = {}
}

variable "name" {
  description = "Name of the topic, with the deployment's prefix."
  type        = string
}

variable "project" {
  description = "Project of the topic."
  type        = string
}

variable "publishers" {
  description = "IAM members that may publish, by any key that is known in a plan."
  type        = map(string)
}
