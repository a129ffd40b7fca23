# A target grows old while nothing happens, so its age is in no log line. Up to 25 hours back, which is as far as a condition on such a
# metric may look, it is seen from the last good end. What may be older is noticed when a run ends without bringing it up to date.

locals {
  lookback_seconds = 90000
  retest_seconds   = 300 # a point may be late

  lags = { for table, seconds in var.max_lags : seconds => table... }

  short_lags = { for seconds, tables in local.lags : seconds => tables if tonumber(seconds) + local.retest_seconds <= local.lookback_seconds }
  long_lags  = { for seconds, tables in local.lags : seconds => tables if !contains(keys(local.short_lags), seconds) }

  # One condition for all tables of one lag, an incident for each of them: a condition costs. A table without any point, since it was never
  # synced or not for so long, has none to be added up, and is given a 0.
  short_conditions = flatten([
    for seconds, tables in local.short_lags : [
      for index, part in chunklist(tables, 50) : {
        title = "older than ${seconds} s${index == 0 ? "" : " (${index + 1})"}"
        query = "(${join(" or ", concat(
          ["sum by (table) (${join(" or ", [for resource in local.resources : "sum_over_time(${local.series.runs}{monitored_resource=\"${resource}\",outcome=~\"${join("|", var.log_events.values.good_outcomes)}\",table=~\"${join("|", part)}\"}[${seconds}s])"])})"],
          [for table in part : "label_replace(vector(0), \"table\", \"${table}\", \"\", \"\")"],
        ))}) == 0"
      }
    ]
  ])

  long_conditions = [
    for seconds, tables in local.long_lags : { title = "still older than ${seconds} s after a run", query = local.happened["older-than-${seconds}"] }
  ]

  # A policy takes six conditions.
  stale = {
    for index, conditions in chunklist(concat(local.short_conditions, local.long_conditions), 6) :
    (index == 0 ? "stale-tables" : "stale-tables-${index + 1}") => { for condition in conditions : condition.title => condition.query }
  }
}
