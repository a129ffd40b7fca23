package io.deltaferry.cli.doctor.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.storage.BucketInfo.LifecycleRule;
import com.google.cloud.storage.BucketInfo.LifecycleRule.LifecycleAction;
import com.google.cloud.storage.BucketInfo.LifecycleRule.LifecycleCondition;
import com.google.cloud.storage.StorageClass;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeletionTest {
  private static final LifecycleAction DELETE = LifecycleAction.newDeleteAction();

  @Test
  void onlyRulesThatDeleteLiveObjectsCount() {
    assertThat(
            of(
                new LifecycleRule(
                    LifecycleAction.newSetStorageClassAction(StorageClass.NEARLINE),
                    LifecycleCondition.newBuilder().setAge(1).build()),
                new LifecycleRule(
                    DELETE, LifecycleCondition.newBuilder().setAge(1).setIsLive(false).build()),
                new LifecycleRule(
                    DELETE, LifecycleCondition.newBuilder().setNumberOfNewerVersions(1).build())))
        .isEmpty();
  }

  @Test
  void aRuleWithoutPrefixReachesAndCoversEverything() {
    Deletion all = of(rule(30)).get(0);
    assertThat(all.days()).isEqualTo(30);
    assertThat(all.reaches("config/tables.yaml")).isTrue();
    assertThat(all.covers("parts/")).isTrue();
  }

  @Test
  void aRuleForSomeObjectsOfAPrefixReachesItAndDoesNotCoverIt() {
    Deletion some = of(rule(3, "parts/old/")).get(0);
    assertThat(some.reaches("parts/")).isTrue();
    assertThat(some.covers("parts/")).isFalse();
    assertThat(some.reaches("control/")).isFalse();
    Deletion shorter = of(rule(3, "con")).get(0);
    assertThat(shorter.reaches("control/")).isTrue();
    assertThat(shorter.reaches("config/tables.yaml")).isTrue();
    assertThat(shorter.covers("control/")).isTrue();
  }

  @Test
  void aRuleWithoutAnAgeMayDeleteAnythingAtOnceAndNothingForSure() {
    Deletion old =
        of(new LifecycleRule(
                DELETE,
                LifecycleCondition.newBuilder()
                    .setCreatedBeforeOffsetDateTime(OffsetDateTime.parse("2026-01-01T00:00:00Z"))
                    .build()))
            .get(0);
    assertThat(old.days()).isZero();
    assertThat(old.reaches("control/")).isTrue();
    assertThat(old.covers("control/")).isFalse();
  }

  private static List<Deletion> of(LifecycleRule... rules) {
    return Deletion.of(List.of(rules));
  }

  private static LifecycleRule rule(int days, String... prefixes) {
    LifecycleCondition.Builder condition = LifecycleCondition.newBuilder().setAge(days);
    return new LifecycleRule(
        DELETE,
        (prefixes.length == 0 ? condition : condition.setMatchesPrefix(List.of(prefixes))).build());
  }
}
