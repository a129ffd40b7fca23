output "name" {
  description = "Name of the trigger."
  value       = google_eventarc_trigger.this.name
}

output "subscription" {
  description = "The subscription that Eventarc made."
  value       = one(google_eventarc_trigger.this.transport[*].pubsub[0].subscription)
}
