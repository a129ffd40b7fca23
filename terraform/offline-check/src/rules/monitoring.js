import { each, filled, json, matching, oneOf, seconds } from "./checks.js";
import { exactlyOne, given, places } from "./paths.js";
import { promql } from "./promql.js";

const CONDITIONS = [
  "condition_absent",
  "condition_matched_log",
  "condition_monitoring_query_language",
  "condition_prometheus_query_language",
  "condition_sql",
  "condition_threshold",
];
const YEAR = 31_536_000;

const minutes = (low, high) => (value) =>
  seconds(low, high)(value) ?? (Number.parseFloat(value) % 60 === 0 ? undefined : "must be whole minutes");

// Of a metric the service wants to know on what kind of resource it is; without that the policy is refused.
const metricFilter = matching(/resource\.type\s*=|select_slo_/, "a filter that names the resource.type");

const condition = (kind, shortest) => ({
  [`conditions.${kind}.aggregations.alignment_period`]: minutes(60, YEAR),
  [`conditions.${kind}.duration`]: minutes(shortest, 84_600),
  [`conditions.${kind}.filter`]: metricFilter,
});

// Alerts on single log lines would come one by one: the service wants a limit for them, and takes one for nothing else.
function rateLimit(config) {
  const onLogs = places(config, "conditions").map(({ value }) => given(value.condition_matched_log));
  const limited = places(config, "alert_strategy").map(({ value }) => given(value.notification_rate_limit));
  if ([...onLogs, ...limited].includes(undefined) || onLogs.includes(true) === limited.includes(true)) return [];
  return [{ path: ["alert_strategy"], wrong: "must have a notification_rate_limit if, and only if, a condition matches logs" }];
}

export const monitoring = {
  google_monitoring_alert_policy: {
    arguments: {
      "alert_strategy.auto_close": seconds(1800, 604_800),
      "alert_strategy.notification_rate_limit.period": seconds(60, 172_800),
      ...condition("condition_absent", 120),
      ...condition("condition_threshold", 0),
      "conditions.condition_matched_log.filter": filled,
      "conditions.condition_prometheus_query_language.query": promql,
      "conditions.display_name": filled,
      display_name: filled,
      "documentation.content": (text) => (Buffer.byteLength(text) <= 8192 ? undefined : "must be at most 8192 bytes"),
      "documentation.mime_type": oneOf("text/markdown"),
      notification_channels: each(matching(/^projects\/[^/]+\/notificationChannels\/[^/]+$/, "names of notification channels")),
    },
    whole: [exactlyOne("conditions", ...CONDITIONS), rateLimit],
  },
  google_monitoring_dashboard: { arguments: { dashboard_json: dashboard } },
};

function dashboard(text) {
  const wrong = json(text);
  if (wrong) return wrong;
  const board = JSON.parse(text);
  const layouts = Object.keys(board).filter((key) => /^(mosaic|grid|row|column)Layout$/.test(key));
  if (!board.displayName) return "must have a displayName";
  if (layouts.length !== 1) return "must have one of mosaicLayout, gridLayout, rowLayout and columnLayout";
  return queries(board).map(promql).find(Boolean);
}

// Every PromQL query of a dashboard, however deep its widget lies.
function queries(value) {
  if (value === null || typeof value !== "object") return [];
  const own = typeof value.prometheusQuery === "string" ? [value.prometheusQuery] : [];
  return [...own, ...Object.values(value).flatMap(queries)];
}
