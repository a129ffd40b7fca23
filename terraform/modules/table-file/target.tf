# The project and the datasets.

locals {
  target   = try(local.top.target, null)
  project  = try(coalesce(tostring(local.target.project)), "")
  location = try(coalesce(tostring(local.target.location)), "US")
  dataset  = try(coalesce(tostring(local.target.dataset)), "")
  staging  = try(coalesce(tostring(local.target.staging_dataset)), "${local.dataset}_staging")
  control  = try(coalesce(tostring(local.target.control_dataset)), "${local.dataset}_control")

  target_problems = !can(keys(local.target)) ? { "target: is missing; say which datasets to write" = true } : merge(
    { for key in keys(local.target) : "target.${key}: unknown key; known are ${join(", ", local.rules.keys.target)}" => !contains(local.rules.keys.target, key) },
    { for id in distinct([local.dataset, local.staging, local.control]) : "target: '${id}' is not a dataset id: use letters, digits and _" => local.dataset != "" && !can(regex(local.whole.dataset, id)) },
    {
      "target.dataset: is missing; name the dataset of the target tables" = local.dataset == ""
      "target.location: '${local.location}' is not a BigQuery location such as US, EU or europe-west1" = (
        !can(regex(local.whole.location, local.location))
      )
      "target.project: is missing; name the Google Cloud project" = local.project == ""
      "target.project: '${local.project}' is not a project id: 6 to 30 lower-case letters, digits or -" = (
        local.project != "" && !can(regex(local.whole.project, local.project))
      )
      "target: dataset, staging_dataset and control_dataset must be three datasets" = (
        length(distinct([local.dataset, local.staging, local.control])) < 3
      )
    },
  )
}
