# The key that columns are hashed with: like a password it must not stand in the file in clear, and the extractor reads the secret that it names.

locals {
  hash_key    = try(coalesce(tostring(local.top.hash_key)), "")
  hash_secret = try(coalesce(tostring(local.top.hash_key.secret)), "")
  hashing     = [for name, entry in local.entries : name if try(length(entry.hash) > 0, false)]

  privacy_problems = merge(
    {
      "hash_key: holds a key in clear, which would lie in the bucket and in the state; write a $${NAME} of `secrets`, or hash_key: {secret: ..}" = (
        local.hash_key != "" && !can(regex(local.reference, local.hash_key))
      )
      "hash_key.secret: '${local.hash_secret}' is not a secret's full name: projects/../secrets/../versions/latest" = (
        can(keys(local.top.hash_key)) && !can(regex(local.whole.secret, local.hash_secret))
      )
    },
    { for name in local.hashing : "tables.${name}.hash: needs the top-level key 'hash_key': the secret to hash with" => !can(local.top.hash_key) },
  )
}
