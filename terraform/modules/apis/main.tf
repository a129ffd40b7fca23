# The APIs a deployment uses. They stay enabled when it is destroyed: other software of the project may use them too.

resource "google_project_service" "this" {
  for_each = var.services

  disable_on_destroy = false
  project            = var.project
  service            = "${each.key}.googleapis.com"
}
