# One file, read for each of these hosts: whether only a network of one's own reaches it.

locals {
  private = {
    "10.0.0.5:5432"                = true
    "10.example.com"               = false
    "100.10.0.5"                   = false
    "172.15.255.255"               = false
    "172.16.0.1"                   = true
    "172.31.255.255:5433"          = true
    "172.32.0.1"                   = false
    "192.168.1.1"                  = true
    "192.169.1.1"                  = false
    "34.140.1.2:5432,10.0.0.5"     = true
    "db.c.my-project.internal"     = true
    "db.example.com:5432"          = false
    "internal.example.com"         = false
    "vm.europe-west1-b.c.internal" = true
  }
}

module "file" {
  source   = "../.."
  for_each = local.private

  environment = { HOST = each.key }
  path        = "${path.module}/../files/host.yaml"
}

output "wrong" {
  value = [for host, private in local.private : host if module.file[host].file.source.private != private || length(module.file[host].problems) > 0]
}
