package io.deltaferry.cli.deadletter;

import com.google.api.gax.grpc.GrpcCallContext;
import com.google.api.gax.rpc.DeadlineExceededException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.common.collect.Lists;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.SubscriptionName;
import io.deltaferry.cli.local.PubSubAdmin;
import io.deltaferry.gcp.GoogleClients;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The subscription in which dead letters wait. What is looked at is leased, so that two people do
 * not see one letter at a time; closing gives back what was not taken out.
 */
final class Letterbox implements AutoCloseable {
  /** Leases of the first letters must not run out while the last ones are still fetched. */
  private static final Duration LONGEST = Duration.ofSeconds(40);

  private static final int AT_ONCE = 100;

  private final PubSubAdmin admin;
  private final String subscription;
  private final Duration patience;
  private final Clock clock;
  private final Map<String, String> leases = new LinkedHashMap<>();

  /**
   * Connects.
   *
   * @param subscription its short name
   * @param patience with which another letter is waited for; twice that for the first, since it
   *     needs a connection
   */
  Letterbox(GoogleClients clients, String subscription, Duration patience, Clock clock) {
    this.admin = PubSubAdmin.connect(clients);
    this.subscription = SubscriptionName.format(clients.project(), subscription);
    this.patience = patience;
    this.clock = clock;
  }

  /**
   * Leases letters until no new one comes.
   *
   * @param enough tells from the ids so far whether more are wanted
   */
  List<PubsubMessage> look(Predicate<Set<String>> enough) {
    Map<String, PubsubMessage> letters = new LinkedHashMap<>();
    Instant end = clock.instant().plus(LONGEST);
    boolean more = true;
    while (more && !enough.test(letters.keySet()) && clock.instant().isBefore(end)) {
      int before = letters.size();
      for (ReceivedMessage received :
          pull(letters.isEmpty() ? patience.multipliedBy(2) : patience)) {
        letters.put(received.getMessage().getMessageId(), received.getMessage());
        leases.put(received.getMessage().getMessageId(), received.getAckId());
      }
      more = letters.size() > before;
    }
    return new ArrayList<>(letters.values());
  }

  /** Takes letters out for good. */
  void takeOut(Collection<String> ids) {
    List<String> leased = ids.stream().map(leases::remove).filter(lease -> lease != null).toList();
    Lists.partition(leased, AT_ONCE).forEach(some -> client().acknowledge(subscription, some));
  }

  @Override
  public void close() {
    try {
      Lists.partition(List.copyOf(leases.values()), AT_ONCE)
          .forEach(some -> client().modifyAckDeadline(subscription, some, 0));
    } finally {
      admin.close();
    }
  }

  private List<ReceivedMessage> pull(Duration wait) {
    PullRequest request =
        PullRequest.newBuilder().setSubscription(subscription).setMaxMessages(AT_ONCE).build();
    try {
      return client()
          .pullCallable()
          .call(request, GrpcCallContext.createDefault().withTimeoutDuration(wait))
          .getReceivedMessagesList();
    } catch (DeadlineExceededException silence) {
      return List.of();
    } catch (NotFoundException e) {
      throw new IllegalStateException(
          subscription
              + " does not exist; make it with Terraform, or correct `topic_prefix` in the table"
              + " file",
          e);
    }
  }

  private SubscriptionAdminClient client() {
    return admin.subscriptions();
  }
}
