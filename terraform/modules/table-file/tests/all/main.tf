# Every file of a directory, read: a refused one says in its first line how its only problem begins.

variable "directory" {
  type = string
}

locals {
  files    = fileset("${path.module}/../files/${var.directory}", "*.yaml")
  expected = { for file in local.files : file => trimprefix(split("\n", file("${path.module}/../files/${var.directory}/${file}"))[0], "# ") }
}

module "file" {
  source   = "../.."
  for_each = local.files

  environment = { REGION = "EU", SCHEMA = "public" }
  path        = "${path.module}/../files/${var.directory}/${each.key}"
  secrets     = ["SHOP_PASSWORD", "SHOP_URL"]
}

output "count" {
  value = length(local.files)
}

output "files" {
  value = { for file, read in module.file : file => read.file }
}

output "problems" {
  value = { for file, read in module.file : file => read.problems }
}

output "surprises" {
  value = {
    for file, read in module.file : file => { expected = local.expected[file], problems = read.problems }
    if length(read.problems) != 1 || !startswith(join("", read.problems), local.expected[file])
  }
}
