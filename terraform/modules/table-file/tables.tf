# The tables, with the defaults merged in as the services do it: an entry's own setting, else the default, else none.

locals {
  entries  = try({ for name in keys(local.top.tables) : name => local.top.tables[name] }, {})
  defaults = try(local.top.defaults, {})

  tables = {
    for name, entry in local.entries : name => {
      extract_in = try(coalesce(tostring(entry.extract_in)), coalesce(tostring(local.defaults.extract_in)), "service")
      keys       = try(keys(entry), [])
      max_lag    = try(coalesce(tostring(entry.max_lag)), coalesce(tostring(local.defaults.max_lag)), null)
      reconcile  = try(coalesce(tostring(entry.reconcile.schedule)), coalesce(tostring(local.defaults.reconcile.schedule)), null)
      schedule   = try(coalesce(tostring(entry.schedule)), coalesce(tostring(local.defaults.schedule)), null)
      slice_rows = try(coalesce(tostring(entry.slice_rows)), coalesce(tostring(local.defaults.slice_rows)), null)
      slices     = try(length(entry.slices), 0)
      target = {
        dataset = try(regex("^([^.]*)[.]", entry.target)[0], local.dataset)
        table   = try(regex("^[^.]*[.](.*)$", entry.target)[0], coalesce(tostring(entry.target)), name)
      }
    }
  }

  # Days, hours, minutes and seconds of a duration in either of the forms that the services read, and nothing of what they would refuse.
  durations = [
    "^(?:([0-9]{1,9})d)?(?:([0-9]{1,9})h)?(?:([0-9]{1,9})m)?(?:([0-9]{1,9})s)?$",
    "^P(?:([0-9]{1,9})D)?$",
    "^P(?:([0-9]{1,9})D)?T(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?([0-9]{1,9})S$",
    "^P(?:([0-9]{1,9})D)?T(?:([0-9]{1,9})H)?([0-9]{1,9})M$",
    "^P(?:([0-9]{1,9})D)?T([0-9]{1,9})H$",
  ]
  max_lags = {
    for name, table in local.tables : name => try([
      for parts in [for form in local.durations : regex(form, table.max_lag) if can(regex(form, table.max_lag))] :
      sum([for position, number in parts : tonumber(coalesce(number, "0")) * [86400, 3600, 60, 1][position]])
    ][0], null)
  }

  same_name   = { for name in keys(local.tables) : lower(name) => name... }
  same_target = { for name, table in local.tables : lower("${table.target.dataset}.${table.target.table}") => name... }

  # Only what Cloud Scheduler reads; the services check the fields' limits too.
  cron = "^\\s*[0-9A-Za-z*,/-]+(?:\\s+[0-9A-Za-z*,/-]+){4}\\s*$"

  table_problems = !can(keys(local.top.tables)) ? { "tables: is missing; list at least one table" = true } : merge(
    { "tables: is empty; list at least one table" = length(local.entries) == 0 },
    { "defaults: must hold keys of its own" = can(local.top.defaults) && !can(keys(local.defaults)) },
    {
      for key in try(keys(local.defaults), []) :
      "defaults.${key}: ${contains(local.rules.keys.table, key) ? "cannot be a default, it belongs to one table" : "unknown key"}; known are ${join(", ", local.rules.keys.defaults)}" => !contains(local.rules.keys.defaults, key)
    },
    {
      for name in keys(local.tables) :
      "tables.${name}: is not a table name: use 1 to 100 letters, digits, _ or -, not starting with - (it names objects, jobs and schedules)" => !can(regex(local.whole.table_name, name))
    },
    { for names in values(local.same_name) : "tables: ${join(" and ", names)} differ only in case" => length(names) > 1 },
    {
      for target, names in local.same_target :
      "tables: ${join(" and ", names)} have the same target, ${target}" => length(names) > 1 && length(distinct([for name in names : lower(name)])) > 1
    },
    merge([
      for name, table in local.tables : merge(
        { for key in table.keys : "tables.${name}.${key}: unknown key; known are ${join(", ", local.rules.keys.table)}" => !contains(local.rules.keys.table, key) },
        {
          for key in try(keys(local.entries[name].reconcile), []) :
          "tables.${name}.reconcile.${key}: unknown key; known are ${join(", ", local.rules.keys.reconcile)}" => !contains(local.rules.keys.reconcile, key)
        },
        {
          "tables.${name}.extract_in: '${table.extract_in}' is none of service, job" = !contains(["service", "job"], table.extract_in)
          "tables.${name}.extract_in: has no value; give one or remove the key"      = contains(table.keys, "extract_in") && !can(coalesce(tostring(local.entries[name].extract_in)))
          "tables.${name}: needs exactly one of 'source' and 'query'"                = contains(table.keys, "source") == contains(table.keys, "query")
          "tables.${name}.max_lag: '${coalesce(table.max_lag, "-")}' is not a duration; write 90s, 15m, 2h, 1h30m or ISO PT15M" = (
            table.max_lag != null && table.max_lag != "none" && local.max_lags[name] == null
          )
          "tables.${name}.max_lag: '${coalesce(table.max_lag, "-")}' is a lag that no table can keep; give at least 1s, or none" = local.max_lags[name] == 0
          "tables.${name}.max_lag: has no value; give one or remove the key"                                                     = contains(table.keys, "max_lag") && table.max_lag == null
          "tables.${name}.reconcile.schedule: '${coalesce(table.reconcile, "-")}' is not a schedule of five fields: minute hour day-of-month month day-of-week, such as '0 3 * * *'" = (
            table.reconcile != null && !can(regex(local.cron, table.reconcile))
          )
          "tables.${name}.schedule: '${coalesce(table.schedule, "-")}' is not a schedule of five fields: minute hour day-of-month month day-of-week, such as '*/15 * * * *'" = (
            table.schedule != null && !can(regex(local.cron, table.schedule))
          )
          "tables.${name}.schedule: has no value; give one or remove the key" = contains(table.keys, "schedule") && table.schedule == null
          "tables.${name}.slice_rows: '${coalesce(table.slice_rows, "-")}' is not a whole number" = (
            table.slice_rows != null && !can(regex("^[+-]?[0-9]{1,10}$", table.slice_rows))
          )
          "tables.${name}.slice_rows: '${coalesce(table.slice_rows, "-")}' is no size of a slice; give at least 100"     = try(tonumber(table.slice_rows) < 100, false)
          "tables.${name}.slice_rows: has no value; give one or remove the key"                                          = contains(table.keys, "slice_rows") && !can(coalesce(tostring(local.entries[name].slice_rows)))
          "tables.${name}.slices: has ${table.slices} conditions; a run has at most 400 slices: make each of them wider" = table.slices > 400
          "tables.${name}.target: '${table.target.dataset}' is not a dataset id: use letters, digits and _" = (
            contains(table.keys, "target") && !can(regex(local.whole.dataset, table.target.dataset))
          )
          "tables.${name}.target: lies in the staging or control dataset" = (
            contains(table.keys, "target") && contains([local.staging, local.control], table.target.dataset)
          )
        },
      )
    ]...),
  )
}
