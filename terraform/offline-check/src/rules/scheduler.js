import { base64, between, fullTopic, matching, seconds } from "./checks.js";
import { cron } from "./cron.js";
import { exactlyOne, given, places } from "./paths.js";

export const scheduler = {
  google_cloud_scheduler_job: {
    arguments: {
      attempt_deadline: seconds(15, 1800),
      description: (text) => (text.length <= 500 ? undefined : "must be at most 500 characters"),
      name: matching(/^[a-zA-Z0-9_-]{1,500}$/, "1 to 500 letters, digits, _ and -"),
      "pubsub_target.data": base64,
      "pubsub_target.topic_name": fullTopic,
      "retry_config.max_backoff_duration": seconds(5, 3600),
      "retry_config.max_doublings": between(0, 16),
      "retry_config.max_retry_duration": seconds(0, 604_800),
      "retry_config.min_backoff_duration": seconds(5, 3600),
      "retry_config.retry_count": between(0, 5),
      schedule: cron,
      time_zone: timeZone,
    },
    whole: [exactlyOne("", "pubsub_target", "http_target", "app_engine_http_target"), carriesSomething],
  },
};

function timeZone(value) {
  try {
    new Intl.DateTimeFormat("en", { timeZone: value });
    return undefined;
  } catch {
    return "must be a time zone's name, such as Europe/Berlin";
  }
}

function carriesSomething(config) {
  return places(config, "pubsub_target")
    .filter(({ value }) => given(value.data) === false && given(value.attributes) === false)
    .map(({ path }) => ({ path, wrong: "must have data or attributes" }));
}
