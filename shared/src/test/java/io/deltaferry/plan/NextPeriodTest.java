package io.deltaferry.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.message.BackfillOptions;
import io.deltaferry.message.RunOptions;
import io.deltaferry.run.RunId;
import io.deltaferry.run.RunJson;
import io.deltaferry.table.PeriodLength;
import io.deltaferry.table.PeriodOrder;
import io.deltaferry.testing.StagedRuns;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the run of a backfill asks for that follows it. */
class NextPeriodTest {
  private static final BackfillStep STEP =
      new BackfillStep(
          PeriodLength.DAY, 5, Instant.EPOCH, List.of(LocalDate.of(2026, 3, 2)), false);

  /** Where the table file changes meanwhile, the rest is compared and ordered anew. */
  @Test
  void theOrderThatWasAskedForIsKept() throws JsonProcessingException {
    BackfillOptions asked = new BackfillOptions(PeriodOrder.OLDEST, null, false);
    assertThat(next(asked)).isEqualTo(new BackfillOptions(PeriodOrder.OLDEST, 7L, false));
    assertThat(next(new BackfillOptions(PeriodOrder.OLDEST, 6L, false)))
        .isEqualTo(new BackfillOptions(PeriodOrder.OLDEST, 7L, false));
    assertThat(next(null)).isEqualTo(new BackfillOptions(null, 7L, false));
  }

  private static @Nullable BackfillOptions next(@Nullable BackfillOptions asked)
      throws JsonProcessingException {
    ObjectNode json = json(StagedRuns.plan(new RunId("orders", 7)));
    json.set("asked", json(RunOptions.NONE.with(asked)));
    json.set("backfill", json(STEP));
    RunPlan plan = RunJson.read("plan", json.toString(), RunPlan.class);
    return plan.next().orElseThrow().options().backfill();
  }

  private static ObjectNode json(Object value) throws JsonProcessingException {
    return (ObjectNode) new ObjectMapper().readTree(RunJson.write(value));
  }
}
