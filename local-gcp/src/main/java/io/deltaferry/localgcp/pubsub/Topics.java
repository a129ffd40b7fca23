package io.deltaferry.localgcp.pubsub;

import com.google.pubsub.v1.ListTopicsRequest;
import com.google.pubsub.v1.ListTopicsResponse;
import com.google.pubsub.v1.Topic;
import com.google.pubsub.v1.UpdateTopicRequest;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The topics: created, changed, listed, deleted. */
final class Topics {
  private final ConcurrentNavigableMap<String, Topic> topics = new ConcurrentSkipListMap<>();
  private final Journal journal;

  Topics(Journal journal) {
    this.journal = journal;
  }

  void restore(List<Topic> stored) {
    stored.forEach(topic -> topics.put(topic.getName(), topic));
  }

  boolean exists(String name) {
    return topics.containsKey(name);
  }

  Topic require(String name) {
    ResourceKind.TOPIC.require(name);
    Topic topic = topics.get(name);
    if (topic == null) {
      throw Refusal.notFound(name);
    }
    return topic;
  }

  synchronized Topic create(Topic asked) {
    Topic topic = TopicRules.complete(asked);
    if (exists(topic.getName())) {
      throw Refusal.alreadyExists(topic.getName());
    }
    return save(topic);
  }

  synchronized Topic update(UpdateTopicRequest request) {
    Topic.Builder changed = require(request.getTopic().getName()).toBuilder();
    FieldUpdate.apply(request.getUpdateMask(), TopicRules.MUTABLE, request.getTopic(), changed);
    return save(TopicRules.complete(changed.build()));
  }

  ListTopicsResponse list(ListTopicsRequest request) {
    String prefix = ResourceKind.requireProject(request.getProject()) + "/topics/";
    List<Topic> all =
        topics.values().stream().filter(topic -> topic.getName().startsWith(prefix)).toList();
    Page<Topic> page = Page.of(all, Topic::getName, request.getPageSize(), request.getPageToken());
    return ListTopicsResponse.newBuilder()
        .addAllTopics(page.items())
        .setNextPageToken(page.nextToken())
        .build();
  }

  synchronized void delete(String name) {
    require(name);
    journal.append(new JournalEntry.TopicDeleted(name));
    topics.remove(name);
  }

  private Topic save(Topic topic) {
    journal.append(new JournalEntry.TopicSaved(topic));
    topics.put(topic.getName(), topic);
    return topic;
  }
}
