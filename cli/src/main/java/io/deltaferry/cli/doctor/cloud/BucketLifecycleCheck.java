package io.deltaferry.cli.doctor.cloud;

import com.google.cloud.storage.Bucket;
import com.google.cloud.storage.BucketInfo.LifecycleRule;
import com.google.cloud.storage.BucketInfo.SoftDeletePolicy;
import io.deltaferry.cli.doctor.Check;
import io.deltaferry.cli.doctor.Finding;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.service.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * The bucket deletes nothing that is still needed, and does delete what is not: a run's number must
 * not be given twice, and parts are paid for.
 */
public record BucketLifecycleCheck(Cloud cloud) implements Check {
  private static final Topology.Bucket SHAPE = Topology.DEFAULT.bucket();

  @Override
  public String area() {
    return "bucket";
  }

  @Override
  public String name() {
    return "clean-up";
  }

  @Override
  public Finding look() {
    Bucket bucket = cloud.requiredBucket();
    Gcloud gcloud = new Gcloud(cloud);
    List<? extends LifecycleRule> rules = bucket.getLifecycleRules();
    List<Deletion> deletions = rules == null ? List.of() : Deletion.of(rules);
    List<String> tooEarly = tooEarly(deletions);
    if (!tooEarly.isEmpty()) {
      return Finding.missing(String.join("; ", tooEarly), gcloud.setLifecycle());
    }
    List<String> kept =
        SHAPE.expireDays().keySet().stream()
            .filter(prefix -> deletions.stream().noneMatch(rule -> rule.covers(prefix)))
            .toList();
    if (!kept.isEmpty()) {
      return Finding.warning(
          "nothing ever deletes " + String.join(", ", kept), gcloud.setLifecycle());
    }
    Duration softDelete = softDelete(bucket);
    return softDelete.isZero()
        ? Finding.ok(summary(deletions))
        : Finding.warning(
            "what is deleted is kept, and paid for, for %d more days"
                .formatted(softDelete.toDays()),
            gcloud.updateBucket("--clear-soft-delete"));
  }

  private static List<String> tooEarly(List<Deletion> deletions) {
    List<String> found = new ArrayList<>();
    for (String prefix : SHAPE.expireDays().keySet()) {
      OptionalInt days = days(deletions, prefix);
      long needed = needed(prefix).toDays();
      if (days.isPresent() && days.getAsInt() < needed) {
        found.add(
            "%s is deleted after %d days, messages name it for %d"
                .formatted(prefix, days.getAsInt(), needed));
      }
    }
    String tableFile = Topology.DEFAULT.tableFileObject();
    if (days(deletions, tableFile).isPresent()) {
      found.add(tableFile + " is deleted");
    }
    return found;
  }

  /**
   * How long an object may still be asked for: rows while their message waits; the records of runs
   * until a dead letter is gone too, since a run's number must not be given twice.
   */
  private static Duration needed(String prefix) {
    Duration waiting = Duration.ofSeconds(Topology.DEFAULT.push().messageRetentionSeconds());
    return prefix.equals(ObjectNames.PARTS)
        ? waiting
        : waiting.plusSeconds(Topology.DEFAULT.deadLettersSubscription().messageRetentionSeconds());
  }

  private static OptionalInt days(List<Deletion> deletions, String name) {
    return deletions.stream()
        .filter(deletion -> deletion.reaches(name))
        .mapToInt(Deletion::days)
        .min();
  }

  private static Duration softDelete(Bucket bucket) {
    SoftDeletePolicy policy = bucket.getSoftDeletePolicy();
    Duration kept = policy == null ? null : policy.getRetentionDuration();
    return kept == null ? Duration.ZERO : kept;
  }

  private static String summary(List<Deletion> deletions) {
    return SHAPE.expireDays().keySet().stream()
        .map(prefix -> prefix + " " + days(deletions, prefix).orElse(0) + " days")
        .collect(Collectors.joining(", "));
  }
}
