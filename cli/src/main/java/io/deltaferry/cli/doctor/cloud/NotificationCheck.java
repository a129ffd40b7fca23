package io.deltaferry.cli.doctor.cloud;

import com.google.cloud.storage.Notification;
import com.google.cloud.storage.NotificationInfo;
import io.deltaferry.cli.doctor.Check;
import io.deltaferry.cli.doctor.Finding;
import io.deltaferry.cli.doctor.Remedy;
import io.deltaferry.service.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The bucket tells the loader's topic of every manifest, and of nothing else. */
public record NotificationCheck(Cloud cloud) implements Check {
  private static final Topology.Notification SHAPE = Topology.DEFAULT.notification();

  @Override
  public String area() {
    return "bucket";
  }

  @Override
  public String name() {
    return "notification";
  }

  @Override
  public Finding look() {
    cloud.requiredBucket();
    String topic = cloud.topic(SHAPE.topic());
    Gcloud gcloud = new Gcloud(cloud);
    List<Notification> toTopic =
        cloud.storage().listNotifications(cloud.bucket()).stream()
            .filter(found -> String.valueOf(found.getTopic()).endsWith(cloud.topicPath(topic)))
            .toList();
    List<Notification> right = toTopic.stream().filter(NotificationCheck::isRight).toList();
    List<Notification> others = new ArrayList<>(toTopic);
    others.removeAll(right.subList(0, Math.min(1, right.size())));
    List<Remedy> remedies = new ArrayList<>();
    others.forEach(other -> remedies.add(gcloud.deleteNotification(other.getNotificationId())));
    if (toTopic.isEmpty()
        && new Eventarc(cloud).subscriptionOf(cloud.topic("extract_requests")).isPresent()) {
      return Finding.ok("none needed, Eventarc tells the loader of objects");
    }
    if (right.isEmpty()) {
      remedies.add(gcloud.createNotification());
      return Finding.missing(
          others.isEmpty() ? "none to " + topic : describe(others),
          remedies.toArray(Remedy[]::new));
    }
    return others.isEmpty()
        ? Finding.ok(SHAPE.objectPrefix() + " to " + topic)
        : Finding.warning(
            "more than one to " + topic + ": " + describe(others), remedies.toArray(Remedy[]::new));
  }

  private static boolean isRight(NotificationInfo notification) {
    List<NotificationInfo.EventType> events = notification.getEventTypes();
    return SHAPE.objectPrefix().equals(prefix(notification))
        && String.valueOf(notification.getPayloadFormat()).equals(SHAPE.payloadFormat())
        && (events == null
            || events.isEmpty()
            || events.contains(NotificationInfo.EventType.valueOf(SHAPE.eventType())));
  }

  private static String describe(List<Notification> notifications) {
    return notifications.stream()
        .map(
            notification ->
                "notification %s tells %s of prefix '%s' as %s"
                    .formatted(
                        notification.getNotificationId(),
                        events(notification),
                        prefix(notification),
                        notification.getPayloadFormat()))
        .collect(Collectors.joining("; "));
  }

  private static String events(NotificationInfo notification) {
    List<NotificationInfo.EventType> events = notification.getEventTypes();
    return events == null || events.isEmpty()
        ? "every event"
        : events.stream().map(Enum::name).collect(Collectors.joining(", "));
  }

  private static String prefix(NotificationInfo notification) {
    return Objects.requireNonNullElse(notification.getObjectNamePrefix(), "");
  }
}
