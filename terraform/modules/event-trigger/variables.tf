variable "caller" {
  description = "Address of the service account that receives the events and calls the service."
  type        = string
}

variable "criteria" {
  description = "Values of the events' attributes: `type`, and `bucket` for the events of a bucket."
  type        = map(string)

  validation {
    condition     = contains(keys(var.criteria), "type")
    error_message = "criteria must give the events' type."
  }
}

variable "labels" {
  description = "Labels of the trigger."
  type        = map(string)
  default     = {}
}

variable "location" {
  description = "Where the events arise: the service's region, or the bucket's location in lower case."
  type        = string

  validation {
    condition     = var.location == lower(var.location)
    error_message = "location must be in lower case, as Eventarc writes it."
  }
}

variable "name" {
  description = "Name of the trigger."
  type        = string
}

variable "project" {
  description = "Project of the trigger."
  type        = string
}

variable "service" {
  description = "The Cloud Run service that gets the events."
  type = object({
    name   = string
    region = string
  })
}

variable "storage_agent" {
  description = "Cloud Storage's service agent as an IAM member, for the events of a bucket."
  type        = string
  default     = null

  validation {
    condition     = (var.storage_agent != null) == contains(keys(var.criteria), "bucket")
    error_message = "storage_agent must be given for the events of a bucket, and for no others."
  }
}

variable "topic_id" {
  description = "Full name of the topic whose messages are the events; null for events of another kind."
  type        = string
  default     = null
}
