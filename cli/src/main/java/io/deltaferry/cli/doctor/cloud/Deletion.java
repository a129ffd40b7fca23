package io.deltaferry.cli.doctor.cloud;

import com.google.cloud.storage.BucketInfo.LifecycleRule;
import com.google.cloud.storage.BucketInfo.LifecycleRule.DeleteLifecycleAction;
import com.google.cloud.storage.BucketInfo.LifecycleRule.LifecycleCondition;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A lifecycle rule that deletes live objects.
 *
 * @param prefixes of the objects it may delete; the empty one means all of them
 * @param days age from which it may; 0 when its other conditions alone decide
 */
record Deletion(List<String> prefixes, int days) {
  Deletion {
    prefixes = List.copyOf(prefixes);
  }

  /** Those of the bucket's rules that delete. */
  static List<Deletion> of(Collection<? extends LifecycleRule> rules) {
    return rules.stream().flatMap(Deletion::of).toList();
  }

  private static Stream<Deletion> of(LifecycleRule rule) {
    LifecycleCondition condition = rule.getCondition();
    boolean ofOldVersions =
        Boolean.FALSE.equals(condition.getIsLive()) || condition.getNumberOfNewerVersions() != null;
    if (!DeleteLifecycleAction.TYPE.equals(rule.getAction().getActionType()) || ofOldVersions) {
      return Stream.of();
    }
    List<String> prefixes = condition.getMatchesPrefix();
    return Stream.of(
        new Deletion(
            prefixes == null || prefixes.isEmpty() ? List.of("") : prefixes,
            Objects.requireNonNullElse(condition.getAge(), 0)));
  }

  /** Whether it may delete an object whose name begins like that. */
  boolean reaches(String name) {
    return prefixes.stream().anyMatch(prefix -> prefix.startsWith(name) || name.startsWith(prefix));
  }

  /** Whether it deletes everything whose name begins like that. */
  boolean covers(String name) {
    return days > 0 && prefixes.stream().anyMatch(name::startsWith);
  }
}
