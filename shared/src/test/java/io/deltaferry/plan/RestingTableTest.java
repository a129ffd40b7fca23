package io.deltaferry.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.bound.BoundReason;
import io.deltaferry.plan.LowWatermark.MergedDelta;
import io.deltaferry.plan.LowWatermark.Reason;
import io.deltaferry.run.RunId;
import io.deltaferry.run.RunJson;
import io.deltaferry.testing.StagedRuns;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A run that brings nothing ends without a load, unless its watermark has something to remember.
 */
class RestingTableTest {
  private static final String NINE = "2026-11-20 09:00:00.000000+00";
  private static final String TEN = "2026-11-20 10:00:00.000000+00";
  private static final String ELEVEN = "2026-11-20 11:00:00.000000+00";

  @Test
  void theSameRowsFromTheSameLowAreNothing() throws Exception {
    assertThat(plan(TEN, ELEVEN).bringsNothing(1, "digest", TEN)).isTrue();
    assertThat(plan(TEN, ELEVEN).bringsNothing(0, null, null)).isTrue();
    assertThat(plan(TEN, ELEVEN).bringsNothing(1, "other", TEN)).isFalse();
  }

  /** What kept an earlier run's watermark back has ended: else it would be read for ever. */
  @Test
  void aWatermarkThatMayGoOnIsProgress() throws Exception {
    assertThat(plan(NINE, NINE).bringsNothing(3, "digest", TEN)).isTrue();
    assertThat(plan(NINE, ELEVEN).bringsNothing(3, "digest", TEN)).isFalse();
  }

  /** An earlier run did not see a transaction that is open still; the next one must know. */
  @Test
  void aWatermarkThatMustGoBackIsToBeRemembered() throws Exception {
    assertThat(plan(TEN, NINE).bringsNothing(0, null, null)).isFalse();
    assertThat(plan(TEN, NINE).nextLow(null)).isEqualTo(NINE);
    assertThat(plan(TEN, NINE).bringsNothing(1, "digest", TEN)).isFalse();
  }

  @Test
  void aTargetIsMadeForNoRowsToo() throws Exception {
    assertThat(StagedRuns.plan(new RunId("orders", 1)).bringsNothing(0, null, null)).isFalse();
  }

  private static RunPlan plan(String low, @Nullable String ceiling) throws Exception {
    JsonMapper json = JsonMapper.builder().build();
    ObjectNode plan =
        (ObjectNode) json.readTree(RunJson.write(StagedRuns.plan(new RunId("orders", 7))));
    LowWatermark from = new LowWatermark(low, Reason.STATE, new MergedDelta("digest", TEN), null);
    RunBound bound = new RunBound(null, ceiling, BoundReason.KNOWN, null, BoundHistory.NONE);
    plan.set("low", json.readTree(RunJson.write(from)));
    plan.set("bound", json.readTree(RunJson.write(bound)));
    plan.put("targetCreated", "2026-11-20T08:00:00Z");
    return RunJson.read("plan", plan.toString(), RunPlan.class);
  }
}
