package io.deltaferry.extractor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.error.ErrorKind;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.plan.Slicing;
import io.deltaferry.postgres.PostgresSource;
import io.deltaferry.postgres.SourceTurns;
import io.deltaferry.run.RunId;
import io.deltaferry.run.RunJson;
import io.deltaferry.run.Slice;
import io.deltaferry.sql.SliceRows;
import io.deltaferry.table.SourceConfig;
import io.deltaferry.table.SourceEndpoint;
import io.deltaferry.testing.StagedRuns;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When a slice is not cut any more; how it is cut is proven on a real server. */
class CutSliceTest {
  private final PostgresSource nowhere =
      new PostgresSource(
          new SourceConfig(
              new SourceEndpoint.Jdbc("jdbc:postgresql://127.0.0.1:1/nowhere"),
              "nobody",
              null,
              false,
              Map.of()),
          "none");
  private final CutSlice cutter =
      new CutSlice(new Database(nowhere, new SourceTurns(nowhere, "bucket", 1)));

  /** Every half would be as slow; what helps is an index. */
  @Test
  void whatWasHalvedSixTimesFailsForGoodAndNamesTheIndex() {
    assertThat(cut("0.0.1.0.1.1.0"))
        .satisfies(
            failure -> {
              assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_TIMEOUT);
              assertThat(failure.kind()).isEqualTo(ErrorKind.PERMANENT);
            })
        .hasMessageContaining("slice 0.0.1.0.1.1.0 of run orders#7")
        .hasMessageContaining("halved 6 times")
        .hasMessageContaining("Create an index on (");
  }

  /** It is worth a look into the database, which is away here. */
  @Test
  void whatWasHalvedFiveTimesIsCutOnceMore() {
    assertThat(cut("0.0.1.0.1.1").kind()).isEqualTo(ErrorKind.TRANSIENT);
    assertThat(cut("0.0.1.0.1.1").code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
  }

  /** Advice that would change nothing is worse than none. */
  @Test
  void whatIsReadInOneSnapshotIsToldWhatHelps() {
    RunPlan copy = as("APPEND");
    assertThat(whole(copy)).hasMessageContaining("`extract_in: job`").hasMessageContaining("fuzzy");
    RunPlan keys = as("RECONCILE");
    assertThat(whole(keys))
        .hasMessageContaining("`extract_in: job`")
        .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("fuzzy"));
  }

  private static RunPlan as(String mode) {
    RunPlan plan = StagedRuns.plan(new RunId("orders", 7)).cut(Slicing.whole(null, 1));
    String text = RunJson.write(plan);
    String other =
        text.replaceFirst("(?i)\"mode\" : \"incremental\"", "\"mode\" : \"" + mode + "\"");
    assertThat(other).isNotEqualTo(text);
    return RunJson.read("plan", other, RunPlan.class);
  }

  private DeltaferryException whole(RunPlan plan) {
    return cut(plan, "0");
  }

  private DeltaferryException cut(String path) {
    return cut(StagedRuns.plan(new RunId("orders", 7)), path);
  }

  private DeltaferryException cut(RunPlan plan, String path) {
    Slice slice = new Slice(path, new SliceRows.Whole());
    DeltaferryException late = new DeltaferryException(ErrorCode.SOURCE_TIMEOUT, "too late");
    return catchThrowableOfType(
        DeltaferryException.class, () -> cutter.cut(plan, slice, Duration.ofSeconds(5), late));
  }
}
