package io.deltaferry.cli.doctor.cloud;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.storage.Bucket;
import com.google.cloud.storage.Storage;
import com.google.pubsub.v1.SubscriptionName;
import com.google.pubsub.v1.TopicName;
import io.deltaferry.cli.doctor.NotCheckedException;
import io.deltaferry.cli.endpoint.Clients;
import io.deltaferry.cli.endpoint.Endpoints;
import io.deltaferry.cli.endpoint.Located;
import io.deltaferry.cli.endpoint.ReadyStack;
import io.deltaferry.cli.local.PubSubAdmin;
import io.deltaferry.gcp.GoogleClients;
import io.deltaferry.service.Topology;
import io.deltaferry.table.TableFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A deployment's names, and the clients that look at them, each made when it is first needed. */
public final class Cloud implements AutoCloseable {
  private static final String GOOGLE_STORAGE = "https://storage.googleapis.com";

  private final Endpoints endpoints;
  private final @Nullable ReadyStack stack;
  private final @Nullable Path logs;
  private final TableFile tables;
  private final String name;
  private final @Nullable CallerTokens caller;
  private boolean signedIn;
  private @Nullable IOException refused;
  private final GoogleClients clients;
  private @Nullable Storage storage;
  private @Nullable BigQuery bigQuery;
  private @Nullable PubSubAdmin pubSub;

  /**
   * Connects to nothing yet.
   *
   * @param name what the names of services and identities begin with
   * @param caller whose credentials count in Google Cloud; null on this machine, where nobody is
   *     asked for any
   */
  public Cloud(Located located, TableFile tables, String name, @Nullable CallerTokens caller) {
    this.caller = caller;
    this.endpoints = located.endpoints();
    this.stack = located.stack();
    this.logs = located.logs();
    this.tables = tables;
    this.name = name;
    this.clients = new GoogleClients(tables.target().project(), endpoints.environment());
  }

  public TableFile tables() {
    return tables;
  }

  public String project() {
    return tables.target().project();
  }

  public String location() {
    return tables.target().location();
  }

  public String bucket() {
    return tables.bucket();
  }

  /** Whether it runs on this machine, where nobody is refused and nothing has to be enabled. */
  public boolean isLocal() {
    return caller == null;
  }

  /** Where Cloud Storage answers. */
  public String storageUrl() {
    String emulator = endpoints.storage();
    return emulator == null ? GOOGLE_STORAGE : emulator;
  }

  /** The topic's name, by its key in the topology. */
  public String topic(String key) {
    String shortName = Topology.DEFAULT.topics().byKey().get(key);
    if (shortName == null) {
      throw new IllegalArgumentException("no topic has the key " + key);
    }
    return tables.topicPrefix() + shortName;
  }

  public String deadLetters() {
    return tables.topicPrefix() + Topology.DEFAULT.topics().deadLetters();
  }

  public String topicPath(String topic) {
    return TopicName.format(project(), topic);
  }

  public String subscriptionPath(String subscription) {
    return SubscriptionName.format(project(), subscription);
  }

  /** The subscription that pushes a topic's messages. */
  public String pushSubscription(String topic) {
    return topic + Topology.DEFAULT.push().subscriptionSuffix();
  }

  /** The Cloud Run service, and what its identity's address begins with. */
  public String serviceName(String service) {
    return name + "-" + service;
  }

  /** The address of an identity, such as that of the {@code extractor}. */
  public String identity(String role) {
    return serviceName(role) + "@" + project() + ".iam.gserviceaccount.com";
  }

  /** Where the service answers on this machine; empty in Google Cloud. */
  public Optional<String> localUrl(String service) {
    return Optional.ofNullable(stack)
        .map(
            here ->
                Map.of(
                        "extractor", here.extractor(),
                        "loader", here.loader(),
                        "merger", here.merger())
                    .get(service));
  }

  /** The service's log on this machine; empty in Google Cloud. */
  Optional<Path> localLog(String service) {
    return Optional.ofNullable(logs).map(directory -> directory.resolve(service + ".jsonl"));
  }

  /**
   * Finds out once whether the caller's credentials work; without any, clients wait for long or
   * fail in odd ways.
   *
   * @return why they do not
   */
  synchronized Optional<IOException> signIn() {
    if (!signedIn && caller != null) {
      signedIn = true;
      try {
        caller.headers(URI.create(GOOGLE_STORAGE));
      } catch (IOException e) {
        refused = e;
      }
    }
    return Optional.ofNullable(refused);
  }

  private void requireCredentials() {
    if (signIn().isPresent()) {
      throw new NotCheckedException("it takes credentials that work, see above");
    }
  }

  /** Whose credentials count; empty on this machine. */
  Optional<CallerTokens> caller() {
    return Optional.ofNullable(caller);
  }

  /** The headers of a call to one of Google's APIs; none on this machine. */
  public Map<String, List<String>> headers(URI api) throws IOException {
    requireCredentials();
    return caller == null ? Map.of() : caller.headers(api);
  }

  public synchronized Storage storage() {
    requireCredentials();
    if (storage == null) {
      storage = clients.storage();
    }
    return storage;
  }

  /**
   * The staging bucket.
   *
   * @throws NotCheckedException when there is none
   */
  public Bucket requiredBucket() {
    Bucket found = storage().get(bucket());
    if (found == null) {
      throw new NotCheckedException("there is no bucket");
    }
    return found;
  }

  public synchronized BigQuery bigQuery() {
    requireCredentials();
    if (bigQuery == null) {
      bigQuery =
          Clients.bigQuery(
              new Endpoints(project(), endpoints.bigquery(), endpoints.storage(), null));
    }
    return bigQuery;
  }

  public TopicAdminClient topics() {
    return pubSub().topics();
  }

  public SubscriptionAdminClient subscriptions() {
    return pubSub().subscriptions();
  }

  private synchronized PubSubAdmin pubSub() {
    requireCredentials();
    if (pubSub == null) {
      pubSub = PubSubAdmin.connect(clients);
    }
    return pubSub;
  }

  @Override
  public synchronized void close() {
    if (pubSub != null) {
      pubSub.close();
    }
  }
}
