variable "attributes" {
  description = "Attributes of each message, by which the extractor knows a scheduled request."
  type        = map(string)
}

variable "name" {
  description = "Name of the deployment; the jobs' names begin with it."
  type        = string
}

variable "project" {
  description = "Project of the jobs."
  type        = string
}

variable "reconciles" {
  description = "Cron schedules, as in `schedules`, of the tables whose deleted rows are looked for."
  type        = map(string)
  default     = {}
}

variable "region" {
  description = "Region of the jobs."
  type        = string
}

variable "schedules" {
  description = "Cron schedules of five fields, in UTC, by the name of the table."
  type        = map(string)
}

variable "topic_id" {
  description = "Full name of the topic that takes requests."
  type        = string
}
