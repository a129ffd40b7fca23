variable "control" {
  description = "Dataset of progress and ledger; created."
  type        = string
}

variable "create_targets" {
  description = "Whether the target datasets are created too."
  type        = bool
  default     = false
}

variable "force_destroy" {
  description = "Whether the staging and control datasets may be destroyed with their tables; target datasets never are."
  type        = bool
  default     = false
}

variable "labels" {
  description = "Labels of the datasets."
  type        = map(string)
  default     = {}
}

variable "location" {
  description = "Location of the datasets."
  type        = string
}

variable "project" {
  description = "Project of the datasets."
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

variable "staging" {
  description = "Dataset of temp tables; created."
  type        = string
}

variable "staging_days" {
  description = "Age in days at which a table of the staging dataset is dropped."
  type        = number
  default     = 14

  validation {
    condition     = var.staging_days >= 8
    error_message = "staging_days must be at least 8: a delta is merged up to 7 days after it was loaded."
  }
}

variable "targets" {
  description = "Datasets of the target tables."
  type        = set(string)
}
