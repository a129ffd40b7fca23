# The database, and what a deployment must prepare for it: grants of its connector, a way into its network, secrets.

locals {
  source   = try(local.top.source, null)
  replaced = contains(var.secrets, "DELTAFERRY_SOURCE_URL")
  kinds    = [for key in ["alloydb", "cloudsql", "url"] : key if can(local.source[key])]
  kind     = local.replaced || length(local.kinds) != 1 ? "url" : local.kinds[0]
  instance = try(coalesce(tostring(local.source[local.kind])), "")
  owner = {
    alloydb  = try(regex("^projects/([^/]+)/", local.instance)[0], null)
    cloudsql = try(regex("^(.+):[^:]+:[^:]+$", local.instance)[0], null)
    url      = null
  }
  iam_auth     = !local.replaced && try(tobool(local.source.iam_auth), false)
  password     = try(coalesce(tostring(local.source.password)), "")
  secret       = try(coalesce(tostring(local.source.password.secret)), "")
  properties   = try({ for name, value in local.source.properties : name => try(coalesce(tostring(value)), "") }, {})
  url          = try(regex("^(?:jdbc:)?postgres(?:ql)?://(?:(?P<login>.*)@)?(?P<host>[^/@?]*)/[^?/]+(?:[?](?P<properties>.*))?$", local.instance), null)
  url_login    = try(split(":", local.url.login), [])
  url_password = try(regex("(?i)(?:^|&)password=([^&]*)", local.url.properties)[0], join(":", try(slice(local.url_login, 1, length(local.url_login)), [])))

  # The file lies in a bucket and its text in Terraform's state, so that no password may stand in it.
  reference = "^[$][{][A-Za-z_][A-Za-z0-9_]*[}]$"
  clear = merge(
    { "source.password" = local.password, "source.url" = local.url_password },
    { for name, value in local.properties : "source.properties.${name}" => value if can(regex("(?i)password", name)) },
  )

  # Addresses and names that only a network of one's own can reach. A URL that a secret holds cannot be looked at.
  private_host = "^(?:10(?:[.][0-9]+){3}|192[.]168(?:[.][0-9]+){2}|172[.](?:1[6-9]|2[0-9]|3[01])(?:[.][0-9]+){2}|(?:[^:]+[.])?internal)(?::|$)"
  addresses = {
    alloydb  = [upper(try(local.properties.alloydbIpType, "PRIVATE"))]
    cloudsql = [for type in split(",", upper(try(local.properties.ipTypes, "PUBLIC"))) : trimspace(type)]
    url      = [for host in split(",", try(local.url.host, "")) : can(regex(local.private_host, host)) ? "PRIVATE" : "PUBLIC"]
  }
  private = !local.replaced && (local.kind == "url" ? contains(local.addresses.url, "PRIVATE") : !contains(local.addresses[local.kind], "PUBLIC"))

  source_problems = local.replaced ? {} : !can(keys(local.source)) ? { "source: is missing; say which database to read" = true } : merge(
    { for key in keys(local.source) : "source.${key}: unknown key; known are ${join(", ", local.rules.keys.source)}" => !contains(local.rules.keys.source, key) },
    { for at, value in local.clear : "${at}: holds a password in clear, which would lie in the bucket and in the state; write a $${NAME} of `secrets`, or password: {secret: ..}" => value != "" && !can(regex(local.reference, value)) },
    {
      "source: needs exactly one of 'url', 'alloydb' and 'cloudsql'" = length(local.kinds) != 1

      "source.alloydb: '${local.instance}' is not an AlloyDB instance: projects/../locations/../clusters/../instances/.." = (
        local.kind == "alloydb" && !can(regex(local.whole.alloydb, local.instance))
      )
      "source.cloudsql: '${local.instance}' is not a Cloud SQL connection name: project:region:instance" = (
        local.kind == "cloudsql" && !can(regex(local.whole.cloudsql, local.instance))
      )
      "source.database: is missing; name the database" = local.kind != "url" && try(coalesce(tostring(local.source.database)), "") == ""
      "source.iam_auth: takes the place of a password; remove one of the two" = (
        local.iam_auth && (local.password != "" || local.secret != "")
      )
      "source.iam_auth: works with 'alloydb' and 'cloudsql', not with 'url'" = local.iam_auth && local.kind == "url"
      "source.password.secret: '${local.secret}' is not a secret's full name: projects/../secrets/../versions/latest" = (
        can(keys(local.source.password)) && !can(regex(local.whole.secret, local.secret))
      )
      "source.url: must have the form jdbc:postgresql://host:5432/database" = (
        length(local.kinds) == 1 && local.kind == "url" && local.url == null && !can(regex(local.reference, local.instance))
      )
      "source.user: is missing; name the database role" = (
        try(coalesce(tostring(local.source.user)), "") == "" && !can(regex(local.reference, local.instance)) && length(local.url_login) == 0
        && !can(regex("(?i)(?:^|&)user=", local.url.properties))
      )
    },
  )
}
