variable "environment" {
  description = "Values of the file's `$${NAME}` that are no secrets."
  type        = map(string)
  default     = {}
}

variable "path" {
  description = "Path of the table file."
  type        = string
}

variable "secrets" {
  description = "Names of the variables whose values are secrets: a `$${NAME}` of these stays as it is."
  type        = set(string)
  default     = []
}
