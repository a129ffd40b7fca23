package io.deltaferry.cli.endpoint;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.nio.file.Path;

/**
 * A local stack that is ready, as {@code deltaferry local} announces it.
 *
 * @param project the project all of it belongs to
 * @param bigquery URL of the BigQuery REST API
 * @param storage URL of the Cloud Storage JSON API
 * @param pubsub host and port of Pub/Sub's gRPC API
 * @param pubsubRest URL of Pub/Sub's REST API
 * @param extractor URL of the extractor
 * @param loader URL of the loader
 * @param merger URL of the merger
 * @param dataDir absolute path of the data directory
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonPropertyOrder({
  "ready",
  "project",
  "bigquery",
  "storage",
  "pubsub",
  "pubsub_rest",
  "extractor",
  "loader",
  "merger",
  "data_dir"
})
public record ReadyStack(
    boolean ready,
    String project,
    String bigquery,
    String storage,
    String pubsub,
    @JsonProperty("pubsub_rest") String pubsubRest,
    String extractor,
    String loader,
    String merger,
    @JsonProperty("data_dir") String dataDir) {
  /** Where a stack keeps its services' logs. */
  public static Path logs(Path dataDir) {
    return dataDir.resolve("logs");
  }
}
