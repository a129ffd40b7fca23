variable "project" {
  description = "Project whose APIs are enabled."
  type        = string
}

variable "services" {
  description = "Names of the APIs without `.googleapis.com`."
  type        = set(string)
}
