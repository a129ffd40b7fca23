# The topics between the services, and how their messages reach them.

locals {
  topics = { for key, name in local.topology.topics : key => "${local.table_file.topic_prefix}${name}" }

  # Every service ends runs: it tells so, and releases the requests that waited. Whoever finds its work done tells the next one again; whose job takes long tells itself.
  publishers = {
    dead_letters     = ["extractor", "loader", "merger"]
    extract_requests = ["extractor", "loader", "merger"]
    loaded_deltas    = ["loader", "merger"]
    staged_deltas    = ["extractor", "loader"]
    sync_completed   = ["extractor", "loader", "merger"]
  }

  # Only our own subscriptions take a dead-letter policy. What a service itself refuses for good, it publishes as a dead letter anyway.
  dead_letters = coalesce(var.dead_letters, var.trigger == "push")

  finalized = var.trigger == "eventarc" ? toset([local.topology.notification.topic]) : toset([])
}

module "topic" {
  source   = "./modules/topic"
  for_each = { for key, name in local.topics : key => name if key != "dead_letters" }

  labels     = local.labels
  name       = each.value
  project    = local.project
  publishers = { for service in local.publishers[each.key] : service => module.identities.members[service] }

  depends_on = [module.apis]
}

module "dead_letters" {
  source = "./modules/dead-letters"

  labels  = local.labels
  project = local.project
  topic   = local.topics.dead_letters

  publishers = merge(
    { for service in local.publishers.dead_letters : service => module.identities.members[service] },
    { pubsub = local.agents.pubsub },
  )

  subscription = merge(local.topology.dead_letters_subscription, {
    name = "${local.table_file.topic_prefix}${local.topology.dead_letters_subscription.name}"
  })

  depends_on = [module.apis]
}

module "subscription" {
  source   = "./modules/push-subscription"
  for_each = var.trigger == "push" ? local.topology.services : {}

  delivery = local.topology.push
  endpoint = { caller = module.identities.emails.push, uri = local.endpoints[each.key].uri }
  labels   = local.labels
  name     = "${local.topics[each.value.topic]}${local.topology.push.subscription_suffix}"
  project  = local.project
  topic_id = module.topic[each.value.topic].id

  dead_letters = local.dead_letters ? {
    agent                 = local.agents.pubsub
    max_delivery_attempts = local.topology.push.max_delivery_attempts
    topic_id              = module.dead_letters.topic_id
  } : null
}

module "message_trigger" {
  source   = "./modules/event-trigger"
  for_each = var.trigger == "eventarc" ? local.topology.services : {}

  caller   = module.identities.emails.trigger
  criteria = { type = "google.cloud.pubsub.topic.v1.messagePublished" }
  labels   = local.labels
  location = var.region
  name     = "${var.name}-${each.key}"
  project  = local.project
  service  = local.endpoints[each.key]
  topic_id = module.topic[each.value.topic].id
}

# A direct event of a bucket has no filter for names: the loader is called for every object and answers at once where it is no manifest.
module "object_trigger" {
  source   = "./modules/event-trigger"
  for_each = { for service, settings in local.topology.services : service => settings if contains(local.finalized, settings.topic) }

  caller        = module.identities.emails.trigger
  criteria      = { bucket = module.staging_bucket.name, type = "google.cloud.storage.object.v1.finalized" }
  labels        = local.labels
  location      = lower(module.staging_bucket.bucket.location)
  name          = "${var.name}-${each.key}-objects"
  project       = local.project
  service       = local.endpoints[each.key]
  storage_agent = local.agents.storage
}
