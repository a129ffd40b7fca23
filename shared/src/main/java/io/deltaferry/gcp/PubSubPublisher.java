package io.deltaferry.gcp;

import com.google.api.core.ApiFuture;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.TopicName;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.run.Publisher;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Publishes through one client per topic, made when first needed. */
public final class PubSubPublisher implements Publisher, AutoCloseable {
  private static final long WAIT_SECONDS = 60;

  private final String project;
  private final Optional<GoogleClients.PubSubEndpoint> endpoint;
  private final Map<String, com.google.cloud.pubsub.v1.Publisher> publishers =
      new ConcurrentHashMap<>();

  public PubSubPublisher(GoogleClients clients) {
    this.project = clients.project();
    this.endpoint = clients.pubSub();
  }

  @Override
  public String publish(String topic, byte[] data, Map<String, String> attributes) {
    PubsubMessage message =
        PubsubMessage.newBuilder()
            .setData(ByteString.copyFrom(data))
            .putAllAttributes(attributes)
            .build();
    ApiFuture<String> id = publishers.computeIfAbsent(topic, this::connect).publish(message);
    try {
      return id.get(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw failed(topic, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(topic, e);
    }
  }

  @Override
  public void close() {
    publishers.values().forEach(com.google.cloud.pubsub.v1.Publisher::shutdown);
    endpoint.ifPresent(GoogleClients.PubSubEndpoint::close);
  }

  private com.google.cloud.pubsub.v1.Publisher connect(String topic) {
    com.google.cloud.pubsub.v1.Publisher.Builder builder =
        com.google.cloud.pubsub.v1.Publisher.newBuilder(TopicName.of(project, topic));
    endpoint.ifPresent(
        local ->
            builder
                .setChannelProvider(local.channelProvider())
                .setCredentialsProvider(local.credentials()));
    try {
      return builder.build();
    } catch (IOException e) {
      throw failed(topic, e);
    }
  }

  private DeltaferryException failed(String topic, Exception cause) {
    return new DeltaferryException(
        ErrorCode.PUBLISH_FAILED,
        "cannot publish to topic projects/"
            + project
            + "/topics/"
            + topic
            + ": check that it exists and that this service may publish to it",
        cause);
  }
}
