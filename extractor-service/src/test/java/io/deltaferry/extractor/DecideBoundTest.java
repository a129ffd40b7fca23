package io.deltaferry.extractor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deltaferry.bound.Activity;
import io.deltaferry.bound.Activity.Replica;
import io.deltaferry.bound.BoundReason;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.plan.BoundHistory;
import io.deltaferry.plan.RunBound;
import io.deltaferry.table.TableCatalog;
import io.deltaferry.table.TableConfig;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DecideBoundTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  @ParameterizedTest
  @EnumSource(BoundReason.class)
  void aStrictTableRestsOnNoLateness(BoundReason reason) {
    RunBound bound = new RunBound(null, null, reason, null, BoundHistory.NONE);
    assertThatCode(() -> DecideBound.requireStrict(table("strict: false"), bound))
        .doesNotThrowAnyException();
    DeltaferryException failure =
        catchThrowableOfType(
            DeltaferryException.class,
            () -> DecideBound.requireStrict(table("strict: true"), bound));
    if (reason.isExact()) {
      assertThat(failure).isNull();
    } else {
      assertThat(failure.code()).isEqualTo(ErrorCode.BOUND_UNKNOWN);
      assertThat(failure).hasMessageStartingWith("tables.orders is strict, ");
      assertThat(failure).hasMessageEndingWith(reason.sentence());
    }
  }

  @Test
  void aReplicaMayLagAsFarAsTheTableAllows() {
    assertThat(lagging(new Replica(true, false, NOON.minusSeconds(120)))).isNull();
    DeltaferryException late = lagging(new Replica(true, false, NOON.minusSeconds(121)));
    assertThat(late).extracting("code").isEqualTo(ErrorCode.SOURCE_BEHIND);
    assertThat(late)
        .hasMessage(
            "tables.orders: the replica is 121 s behind its primary, `max_replica_lag` is 120 s; it"
                + " is tried again");
    assertThat(lagging(new Replica(true, true, NOON.minusSeconds(999)))).isNull();
    assertThat(lagging(null)).isNull();
  }

  /** Whatever it has replayed, nobody knows what it would have received. */
  @Test
  void aReplicaWithoutAConnectionIsNotBelieved() {
    assertThat(lagging(new Replica(false, true, NOON.minusSeconds(121))))
        .hasMessageContaining("121 s");
    assertThat(lagging(new Replica(false, true, null)))
        .hasMessageContaining("behind its primary by an unknown time");
  }

  private static @Nullable DeltaferryException lagging(@Nullable Replica replica) {
    Activity activity = new Activity(NOON, List.of(), 0, "1", replica);
    return catchThrowableOfType(
        DeltaferryException.class,
        () -> DecideBound.requireFresh(table("max_replica_lag: 2m"), activity));
  }

  private static TableConfig table(String setting) {
    return TableCatalog.read(
            """
            source: {url: "postgresql://me@db/d"}
            target: {project: my-project, dataset: shop}
            bucket: my-bucket
            tables: {orders: {source: public.orders, cursor: at, %s}}
            """
                .formatted(setting),
            Map.of())
        .requiredTable("orders");
  }
}
