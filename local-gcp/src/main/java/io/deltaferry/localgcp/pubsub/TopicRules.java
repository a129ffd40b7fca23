package io.deltaferry.localgcp.pubsub;

import com.google.protobuf.util.Durations;
import com.google.pubsub.v1.Topic;
import java.util.Set;

/** What a topic may be. */
final class TopicRules {
  /** The fields an update may change. */
  static final Set<String> MUTABLE =
      Set.of("labels", "message_storage_policy", "message_retention_duration");

  private TopicRules() {}

  /** The topic as the service would store it. */
  static Topic complete(Topic topic) {
    ResourceKind.TOPIC.require(topic.getName());
    refuseUnsupported(topic);
    if (topic.hasMessageRetentionDuration()) {
      Ranges.requireRetention(Durations.toSeconds(topic.getMessageRetentionDuration()));
    }
    return topic.toBuilder().setState(Topic.State.ACTIVE).build();
  }

  private static void refuseUnsupported(Topic topic) {
    if (!topic.getKmsKeyName().isEmpty()) {
      throw Refusal.unsupported("topics with a KMS key (kms_key_name)");
    }
    if (topic.hasSchemaSettings()) {
      throw Refusal.unsupported("topics with a schema (schema_settings)");
    }
    if (topic.hasIngestionDataSourceSettings()) {
      throw Refusal.unsupported("import topics (ingestion_data_source_settings)");
    }
    if (topic.getMessageTransformsCount() > 0) {
      throw Refusal.unsupported("message transforms (message_transforms)");
    }
  }
}
