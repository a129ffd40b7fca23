variable "egress" {
  description = "Which requests go into the network: `PRIVATE_RANGES_ONLY`, or `ALL_TRAFFIC`, which needs Private Google Access on the subnetwork."
  type        = string
  default     = "PRIVATE_RANGES_ONLY"

  validation {
    condition     = contains(["ALL_TRAFFIC", "PRIVATE_RANGES_ONLY"], var.egress)
    error_message = "egress must be PRIVATE_RANGES_ONLY or ALL_TRAFFIC."
  }
}

variable "grant" {
  description = "Whether Cloud Run's agent is granted the use of another project's subnetwork here; false where the network's owner does it."
  type        = bool
  default     = true
}

variable "network" {
  description = "Name or self link of the network; null for the subnetwork's own."
  type        = string
  default     = null
}

variable "project" {
  description = "Project of the services."
  type        = string
}

variable "region" {
  description = "Region of the services."
  type        = string
}

variable "run_agent" {
  description = "Cloud Run's service agent as an IAM member."
  type        = string
}

variable "subnetwork" {
  description = "Name or self link of the subnetwork, which must lie in the services' region and have a /26 or more to spare."
  type        = string

  validation {
    condition     = try(regex("/regions/([^/]+)/", var.subnetwork)[0], var.region) == var.region
    error_message = "subnetwork must lie in ${var.region}, the services' region."
  }
}

variable "tags" {
  description = "Network tags of the instances, for firewall rules."
  type        = list(string)
  default     = []
}
