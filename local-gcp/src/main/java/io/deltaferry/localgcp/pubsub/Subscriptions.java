package io.deltaferry.localgcp.pubsub;

import com.google.pubsub.v1.ListSubscriptionsRequest;
import com.google.pubsub.v1.ListSubscriptionsResponse;
import com.google.pubsub.v1.ListTopicSubscriptionsRequest;
import com.google.pubsub.v1.ListTopicSubscriptionsResponse;
import com.google.pubsub.v1.ModifyPushConfigRequest;
import com.google.pubsub.v1.SeekRequest;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.UpdateSubscriptionRequest;
import java.time.Instant;
import java.util.List;

/** The subscriptions: created, changed, listed, detached, deleted. */
final class Subscriptions {
  /** What the service shows in place of a topic that is gone. */
  private static final String DELETED_TOPIC = "_deleted-topic_";

  private final Topics topics;
  private final Deliveries deliveries;
  private final DeliveryEnvironment environment;

  Subscriptions(Topics topics, Deliveries deliveries, DeliveryEnvironment environment) {
    this.topics = topics;
    this.deliveries = deliveries;
    this.environment = environment;
  }

  void restore(StoredState state) {
    for (Subscription definition : state.subscriptions()) {
      Delivery delivery = new Delivery(definition, environment);
      state.owedTo(definition.getName()).forEach(delivery::enqueue);
      deliveries.put(definition.getName(), delivery);
    }
  }

  Subscription read(String name) {
    return deliveries.require(name).definition();
  }

  synchronized Subscription create(Subscription asked) {
    Subscription definition = SubscriptionRules.complete(asked);
    topics.require(definition.getTopic());
    requireDeadLetterTopic(definition);
    if (deliveries.find(definition.getName()).isPresent()) {
      throw Refusal.alreadyExists(definition.getName());
    }
    environment.journal().append(new JournalEntry.SubscriptionSaved(definition));
    deliveries.put(definition.getName(), new Delivery(definition, environment));
    return definition;
  }

  synchronized Subscription update(UpdateSubscriptionRequest request) {
    Subscription asked = request.getSubscription();
    Subscription.Builder changed = read(asked.getName()).toBuilder();
    FieldUpdate.apply(request.getUpdateMask(), SubscriptionRules.MUTABLE, asked, changed);
    Subscription definition = SubscriptionRules.complete(changed.build());
    requireDeadLetterTopic(definition);
    return save(definition);
  }

  private void requireDeadLetterTopic(Subscription definition) {
    if (definition.hasDeadLetterPolicy()) {
      topics.require(definition.getDeadLetterPolicy().getDeadLetterTopic());
    }
  }

  synchronized void modifyPush(ModifyPushConfigRequest request) {
    Subscription.Builder changed = read(request.getSubscription()).toBuilder();
    save(SubscriptionRules.complete(changed.setPushConfig(request.getPushConfig()).build()));
  }

  /** Ends the flow from the topic for ever and drops what was not acknowledged. */
  synchronized void detach(String name) {
    save(read(name).toBuilder().setDetached(true).build());
  }

  synchronized void delete(String name) {
    Delivery delivery = deliveries.require(name);
    environment.journal().append(new JournalEntry.SubscriptionDeleted(name));
    delivery.retire();
    deliveries.remove(name);
  }

  /** Its subscriptions stay, with what they have, but nothing new arrives. */
  synchronized void deleteTopic(String name) {
    topics.delete(name);
    for (Subscription one : ofTopic(name)) {
      save(one.toBuilder().setTopic(DELETED_TOPIC).build());
    }
  }

  void seek(SeekRequest request) {
    Delivery delivery = deliveries.require(request.getSubscription());
    if (!request.hasTime()) {
      throw Refusal.unsupported("snapshots; seek to a time instead");
    }
    Instant time = Times.of(request.getTime());
    boolean back = time.isBefore(environment.clock().instant());
    if (back && keepsAcknowledged(delivery.definition())) {
      throw Refusal.unsupported(
          "a seek into the past with retained acknowledged messages (none are kept)");
    }
    delivery.seek(time);
  }

  private boolean keepsAcknowledged(Subscription definition) {
    String topic = definition.getTopic();
    return definition.getRetainAckedMessages()
        || (topics.exists(topic) && topics.require(topic).hasMessageRetentionDuration());
  }

  ListSubscriptionsResponse list(ListSubscriptionsRequest request) {
    String prefix = ResourceKind.requireProject(request.getProject()) + "/subscriptions/";
    List<Subscription> all =
        all().stream().filter(one -> one.getName().startsWith(prefix)).toList();
    Page<Subscription> page =
        Page.of(all, Subscription::getName, request.getPageSize(), request.getPageToken());
    return ListSubscriptionsResponse.newBuilder()
        .addAllSubscriptions(page.items())
        .setNextPageToken(page.nextToken())
        .build();
  }

  ListTopicSubscriptionsResponse list(ListTopicSubscriptionsRequest request) {
    topics.require(request.getTopic());
    List<String> names = ofTopic(request.getTopic()).stream().map(Subscription::getName).toList();
    Page<String> page = Page.of(names, name -> name, request.getPageSize(), request.getPageToken());
    return ListTopicSubscriptionsResponse.newBuilder()
        .addAllSubscriptions(page.items())
        .setNextPageToken(page.nextToken())
        .build();
  }

  private List<Subscription> ofTopic(String topic) {
    return all().stream()
        .filter(one -> one.getTopic().equals(topic) && !one.getDetached())
        .toList();
  }

  private List<Subscription> all() {
    return deliveries.all().stream().map(Delivery::definition).toList();
  }

  private Subscription save(Subscription definition) {
    environment.journal().append(new JournalEntry.SubscriptionSaved(definition));
    deliveries.require(definition.getName()).redefine(definition);
    return definition;
  }
}
