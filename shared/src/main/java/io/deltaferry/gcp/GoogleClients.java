package io.deltaferry.gcp;

import com.google.api.client.http.HttpRequest;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.api.gax.rpc.TransportChannelProvider;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.NoCredentials;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the Google clients of one project. The clients themselves read no emulator variable, so
 * this is where {@code BIGQUERY_EMULATOR_HOST}, {@code STORAGE_EMULATOR_HOST}, {@code
 * PUBSUB_EMULATOR_HOST} and {@code CLOUD_RUN_EMULATOR_HOST} take effect; without them the default
 * credentials and endpoints count.
 */
public final class GoogleClients {
  /** Where Cloud Run's API is that of a local stack. */
  public static final String CLOUD_RUN = "CLOUD_RUN_EMULATOR_HOST";

  private static final String EVERYTHING = "https://www.googleapis.com/auth/cloud-platform";

  private final String project;
  private final Map<String, String> environment;

  public GoogleClients(String project, Map<String, String> environment) {
    this.project = project;
    this.environment = Map.copyOf(environment);
  }

  public BigQuery bigQuery() {
    BigQueryOptions.Builder options = BigQueryOptions.newBuilder().setProjectId(project);
    endpoint("BIGQUERY_EMULATOR_HOST")
        .ifPresent(url -> options.setHost(url).setCredentials(NoCredentials.getInstance()));
    return options.build().getService();
  }

  public Storage storage() {
    StorageOptions.Builder options = StorageOptions.newBuilder().setProjectId(project);
    endpoint("STORAGE_EMULATOR_HOST")
        .ifPresent(url -> options.setHost(url).setCredentials(NoCredentials.getInstance()));
    return options.build().getService();
  }

  /** Where Cloud Run's own API answers. */
  String cloudRunUrl() {
    return endpoint(CLOUD_RUN).orElse("https://run.googleapis.com");
  }

  /** Signs a call of Cloud Run's own API; there is nobody to sign for where it is not Google's. */
  void sign(HttpRequest request) throws IOException {
    if (endpoint(CLOUD_RUN).isEmpty()) {
      new HttpCredentialsAdapter(GoogleCredentials.getApplicationDefault().createScoped(EVERYTHING))
          .initialize(request);
    }
  }

  /**
   * A new way to reach Pub/Sub when it is not Google's, to be closed by the caller; nothing means
   * the clients' defaults.
   */
  public Optional<PubSubEndpoint> pubSub() {
    return Optional.ofNullable(environment.get("PUBSUB_EMULATOR_HOST"))
        .filter(target -> !target.isBlank())
        .map(PubSubEndpoint::of);
  }

  public String project() {
    return project;
  }

  private Optional<String> endpoint(String variable) {
    return Optional.ofNullable(environment.get(variable))
        .filter(value -> !value.isBlank())
        .map(value -> value.contains("://") ? value : "http://" + value);
  }

  /** A plaintext channel and the absence of credentials. */
  public record PubSubEndpoint(
      ManagedChannel channel,
      TransportChannelProvider channelProvider,
      NoCredentialsProvider credentials)
      implements AutoCloseable {
    @Override
    public void close() {
      channel.shutdown();
    }

    static PubSubEndpoint of(String target) {
      ManagedChannel channel = ManagedChannelBuilder.forTarget(target).usePlaintext().build();
      return new PubSubEndpoint(
          channel,
          FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel)),
          NoCredentialsProvider.create());
    }
  }
}
