package io.deltaferry.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.run.RunId;
import io.deltaferry.run.RunJson;
import io.deltaferry.run.Slice;
import io.deltaferry.sql.Place;
import io.deltaferry.sql.SliceRows;
import io.deltaferry.testing.StagedRuns;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the run that takes over goes on within the abandoned run's plan. */
class AdoptedPlanTest {
  private static final RunPlan ABANDONED = sliced(StagedRuns.plan(new RunId("orders", 1)));
  private static final RunPlan NEXT =
      later(StagedRuns.takingOver(StagedRuns.plan(new RunId("orders", 2)), 1));

  @Test
  void theSameWorkIsGoneOnWith() {
    RunPlan adopted = NEXT.adopt(ABANDONED).orElseThrow();
    assertThat(adopted.run()).isEqualTo(new RunId("orders", 2));
    assertThat(adopted.requestId()).isEqualTo(NEXT.requestId());
    assertThat(adopted.temp()).isEqualTo(NEXT.temp());
    assertThat(adopted.takesOver()).isEqualTo(1);
    assertThat(adopted.slicing().adopts()).isEqualTo(1);
    assertThat(adopted.slicing().slices()).isEqualTo(ABANDONED.slicing().slices());
    assertThat(adopted.bound()).isEqualTo(ABANDONED.bound());
    assertThat(adopted.clock()).isEqualTo(ABANDONED.clock()).isNotEqualTo(NEXT.clock());
  }

  /** What would be read or treated otherwise is planned anew. */
  @ParameterizedTest
  @CsvSource({
    "\"definitionHash\" : \"definition\", \"definitionHash\" : \"other\"",
    "\"policyHash\" : \"policy\", \"policyHash\" : \"other\"",
    "\"fingerprint\" : \"fingerprint\", \"fingerprint\" : \"other\"",
    "\"sourceFiles\" : { }, \"sourceFiles\" : {\"7\" : 8}",
    "\"low\" : null, \"low\" : \"2026-11-20 09:00:00+00\"",
    "\"targetCreated\" : null, \"targetCreated\" : \"2026-11-20T12:00:00Z\"",
    "\"location\" : \"US\", \"location\" : \"EU\"",
    "\"seq\" : 1, \"seq\" : 3",
  })
  void otherWorkIsNot(String from, String to) {
    String text = RunJson.write(ABANDONED);
    assertThat(text).contains(from);
    RunPlan other = RunJson.read("plan", text.replace(from, to), RunPlan.class);
    assertThat(NEXT.adopt(other)).isEmpty();
  }

  @Test
  void aTrialOfOtherRowsIsNot() {
    assertThat(trying(NEXT, 50).adopt(trying(ABANDONED, 50))).isPresent();
    assertThat(trying(NEXT, 50).adopt(trying(ABANDONED, 60))).isEmpty();
  }

  private static RunPlan trying(RunPlan plan, long rows) {
    String text = RunJson.write(plan);
    String tried = text.replaceFirst("\"rows\" : null", "\"rows\" : " + rows);
    assertThat(tried).isNotEqualTo(text);
    return RunJson.read("plan", tried, RunPlan.class);
  }

  @Test
  void aPlanComesBackFromItsObject() {
    String text = RunJson.write(ABANDONED);
    assertThat(RunJson.read("plan", text, RunPlan.class)).isEqualTo(ABANDONED);
  }

  /** Half an hour after the run that was abandoned. */
  private static RunPlan later(RunPlan plan) {
    String text = RunJson.write(plan).replace("T12:00:00Z", "T12:30:00Z");
    return RunJson.read("plan", text, RunPlan.class);
  }

  private static RunPlan sliced(RunPlan plan) {
    Place place = new Place("2026-11-20 09:00:00+00", List.of("it's"));
    return plan.cut(
        new Slicing(
            plan.slicing().order(),
            List.of(
                new Slice("0", new SliceRows.KeysetRange(null, place)),
                new Slice("1", new SliceRows.CtidRange("public", "orders", 5L, null)),
                new Slice("2", new SliceRows.Condition("id > 3", place, null)),
                new Slice("3", new SliceRows.Whole())),
            2,
            "2026-11-20 10:00:00+00",
            null));
  }
}
