# Who the services are, and which secrets the extractor reads: those of its environment, and those that the table file names.

locals {
  secrets = {
    for name, secret in var.secrets : name => {
      project = try(regex("^projects/([^/]+)/", secret.secret)[0], local.project)
      secret  = try(regex("/secrets/([^/]+)$", secret.secret)[0], secret.secret)
      version = secret.version
    }
  }

  secret_access = merge(
    { for name, secret in local.secrets : name => { project = secret.project, secret = secret.secret } },
    local.table_file.source.secret == null ? {} : {
      "table file" = zipmap(["project", "secret"], try(regex("^projects/([^/]+)/secrets/([^/]+)/", local.table_file.source.secret), ["", ""]))
    },
    local.table_file.hash_secret == null ? {} : {
      "hash key" = zipmap(["project", "secret"], try(regex("^projects/([^/]+)/secrets/([^/]+)/", local.table_file.hash_secret), ["", ""]))
    },
  )
}

module "identities" {
  source = "./modules/identities"

  name            = var.name
  project         = local.project
  pubsub_agent    = local.agents.pubsub
  secrets         = local.secret_access
  source_database = local.table_file.source
  trigger         = var.trigger

  depends_on = [module.apis]
}
