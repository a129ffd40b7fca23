package io.deltaferry.localgcp.pubsub;

import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import io.deltaferry.localgcp.http.JsonHttpServer;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pub/Sub for one machine, on the loopback address, over gRPC and REST.
 *
 * <p>At least once, like the service: a message is delivered until it is acknowledged, and again
 * after a restart when there is a data directory (delivery attempts are counted anew then). Of an
 * ordering key one message is out at a time. Snapshots, schemas, exactly-once delivery, transforms
 * and export subscriptions are refused; idle subscriptions do not expire.
 */
public final class LocalPubSub implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LocalPubSub.class);
  private static final int MAX_REQUEST_BYTES = 32 * 1024 * 1024;

  private final Journal journal;
  private final DeliveryFaults faults;
  private final Deliveries deliveries = new Deliveries();
  private final Publication publication;
  private final ScheduledExecutorService scheduler;
  private final ExecutorService callThreads;
  private final InetSocketAddress grpcAddress;
  private final Server grpc;
  private final JsonHttpServer rest;

  /**
   * Opens the data directory and binds the REST port; {@link #start} binds the other.
   *
   * @throws UncheckedIOException when the port is taken or the data directory cannot be used
   */
  public LocalPubSub(PubSubSettings settings) {
    Path directory = settings.dataDirectory();
    StoredState state = new StoredState();
    if (directory == null) {
      journal = Journal.none();
    } else {
      FileJournal file = FileJournal.open(directory);
      journal = file;
      state = file.recovered();
    }
    faults = new DeliveryFaults(settings.faultSeed());
    scheduler = Executors.newScheduledThreadPool(2, daemons("pubsub-delivery"));
    callThreads = Executors.newCachedThreadPool(daemons("pubsub-grpc"));
    grpcAddress = new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.grpcPort());
    Topics topics = new Topics(journal);
    MessageIds ids = new MessageIds(settings.clock().instant(), state.highestMessageId());
    publication = new Publication(topics, deliveries, journal, ids, settings.clock());
    Subscriptions subscriptions = new Subscriptions(topics, deliveries, environment(settings));
    Pulls pulls = new Pulls(deliveries);
    rest = restServer(settings);
    new RestTopics(topics, subscriptions, publication).addTo(rest);
    new RestSubscriptions(subscriptions, pulls).addTo(rest);
    Policies policies = new Policies(topics, deliveries);
    new RestPolicies(policies).addTo(rest);
    grpc =
        NettyServerBuilder.forAddress(grpcAddress)
            .executor(callThreads)
            .maxInboundMessageSize(MAX_REQUEST_BYTES)
            // Google's clients ping more often than a gRPC server tolerates by default.
            .permitKeepAliveTime(1, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .addService(new PublisherService(topics, subscriptions, publication))
            .addService(new SubscriberService(subscriptions, pulls))
            .addService(new PolicyService(policies).definition())
            .build();
    topics.restore(state.topics());
    subscriptions.restore(state);
  }

  private JsonHttpServer restServer(PubSubSettings settings) {
    try {
      return new JsonHttpServer("local Pub/Sub REST", settings.restPort());
    } catch (UncheckedIOException e) {
      journal.close();
      throw e;
    }
  }

  private DeliveryEnvironment environment(PubSubSettings settings) {
    return new DeliveryEnvironment(
        settings.clock(),
        scheduler,
        journal,
        faults,
        publication,
        // HTTP/1.1: an upgrade offer to HTTP/2 with every first request helps nobody here.
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build(),
        new OidcTokens(settings.clock()),
        settings.maxOutstandingPushes());
  }

  /**
   * Starts to answer; also what an earlier process left undelivered goes out from here on.
   *
   * @throws UncheckedIOException when the gRPC port is taken
   */
  public LocalPubSub start() {
    try {
      grpc.start();
    } catch (IOException e) {
      close();
      throw new UncheckedIOException("the local Pub/Sub cannot listen on " + grpcAddress, e);
    }
    rest.start();
    return this;
  }

  /** Host and port for a plaintext channel. */
  public String grpcTarget() {
    return "127.0.0.1:" + grpc.getPort();
  }

  /** The REST form's address, without a trailing slash. */
  public String restUrl() {
    return rest.url();
  }

  /** The fault switches; all off at the start. */
  public DeliveryFaults faults() {
    return faults;
  }

  /**
   * Publishes without a network call.
   *
   * @param topic its full name
   * @return the message id
   * @throws io.grpc.StatusRuntimeException NOT_FOUND without that topic, INVALID_ARGUMENT for a
   *     message that Pub/Sub would refuse
   */
  public String publish(String topic, Map<String, String> attributes, byte[] data) {
    PubsubMessage message =
        PubsubMessage.newBuilder()
            .putAllAttributes(attributes)
            .setData(ByteString.copyFrom(data))
            .build();
    return publication.publish(topic, List.of(message)).get(0);
  }

  /** How each subscription stands, sorted by name. */
  public List<BacklogReport> backlogs() {
    return deliveries.all().stream().map(Delivery::report).toList();
  }

  /** Stops at once; pushes under way are not waited for and will be delivered again. */
  @Override
  public void close() {
    rest.close();
    grpc.shutdownNow();
    scheduler.shutdownNow();
    callThreads.shutdown();
    awaitEnd();
    journal.close();
  }

  /** Frees the ports for a successor and lets the last entries reach the journal. */
  private void awaitEnd() {
    try {
      boolean ended =
          grpc.awaitTermination(5, TimeUnit.SECONDS)
              && scheduler.awaitTermination(5, TimeUnit.SECONDS);
      if (!ended) {
        log.warn("the local Pub/Sub did not end within 5 s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ThreadFactory daemons(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
