import { all, between, email, fullTopic, labels, matching, seconds, topic } from "./checks.js";
import { atMostOne } from "./paths.js";

const name = all(
  matching(/^[A-Za-z][\w.~+%-]{2,254}$/, "3 to 255 letters, digits and -_.~+%, a letter first"),
  matching(/^(?!goog)/, 'without "goog" at its beginning'),
);
const DAY = 86_400;

export const pubsub = {
  google_pubsub_topic: {
    arguments: { labels, message_retention_duration: seconds(600, 31 * DAY), name },
  },
  google_pubsub_subscription: {
    arguments: {
      ack_deadline_seconds: between(10, 600),
      "dead_letter_policy.dead_letter_topic": fullTopic,
      "dead_letter_policy.max_delivery_attempts": between(5, 100),
      "expiration_policy.ttl": (ttl) => (ttl === "" ? undefined : seconds(DAY, 31_536_000 * 100)(ttl)),
      filter: (filter) => (Buffer.byteLength(filter) <= 256 ? undefined : "must be at most 256 bytes"),
      labels,
      message_retention_duration: seconds(600, 31 * DAY),
      name,
      "push_config.oidc_token.audience": matching(/^https:\/\/\S+$/, "an https address"),
      "push_config.oidc_token.service_account_email": email,
      "push_config.push_endpoint": matching(/^https:\/\/\S+$/, "an https address"),
      "retry_policy.maximum_backoff": seconds(0, 600),
      "retry_policy.minimum_backoff": seconds(0, 600),
      topic,
    },
    whole: [atMostOne("", "push_config", "bigquery_config", "cloud_storage_config")],
  },
};
