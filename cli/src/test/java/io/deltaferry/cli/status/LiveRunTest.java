package io.deltaferry.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunId;
import io.deltaferry.run.RunProgress;
import io.deltaferry.run.RunProgress.Phase;
import io.deltaferry.testing.MemoryControlStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LiveRunTest {
  private static final RunId RUN = new RunId("orders", 7);

  private final MemoryControlStore control = new MemoryControlStore();

  @Test
  void slicesComeFromTheBucketThoseThatWereCutIncluded() {
    create(
        ObjectNames.plan(RUN),
        """
        {"estimatedRows": 1000, "plannedAt": "2026-11-20T12:00:00Z",
         "slicing": {"slices": [{"path": "0"}, {"path": "1"}]}}""");
    create(ObjectNames.outcome(RUN, "0"), "{\"slice\": \"0\", \"rows\": 300}");
    create(
        ObjectNames.outcome(RUN, "1"),
        "{\"slice\": \"1\", \"halves\": [{\"path\": \"1.0\"}, {\"path\": \"1.1\"}]}");
    create(ObjectNames.outcome(RUN, "1.1"), "{\"slice\": \"1.1\", \"rows\": 250}");
    create(ObjectNames.outcome(new RunId("orders", 6), "0"), "{\"rows\": 9}");
    create(ObjectNames.beat(RUN, "1.0", 1), "{}");
    LiveRun live = read(LedgerNews.NONE);
    assertThat(live.progress()).isEqualTo(new RunProgress(Phase.EXTRACTING, 3, 2, 550, 1_000L));
    assertThat(live.elapsed(Instant.parse("2026-11-20T12:01:00Z")))
        .isEqualTo(Duration.ofMinutes(1));
    assertThat(live.elapsed(Instant.parse("2026-11-20T11:00:00Z"))).isZero();
  }

  /** Neither a plan of another version nor a refusal in its place is in anybody's way. */
  @Test
  void aPlanThatSaysNothing() {
    create(ObjectNames.plan(RUN), "{\"refused\": \"KEY_MISSING\"}");
    LiveRun live = read(LedgerNews.NONE);
    assertThat(live.progress()).isEqualTo(new RunProgress(Phase.EXTRACTING, 1, 0, 0, null));
    assertThat(live.started()).isNull();
    assertThat(live.rate(Instant.now())).isNull();
  }

  @Test
  void laterStagesShowInTheBucketOrInTheLedger() {
    create(ObjectNames.plan(RUN), "{}");
    create(ObjectNames.manifest(RUN), "no JSON, since nobody reads it");
    assertThat(read(LedgerNews.NONE).progress().phase()).isEqualTo(Phase.LOADING);
    LedgerNews loaded = new LedgerNews(Set.of(RUN), Map.of(RUN, "WAREHOUSE_UNAVAILABLE: away"));
    assertThat(read(loaded).progress().phase()).isEqualTo(Phase.MERGING);
    assertThat(read(loaded).trouble()).isEqualTo("WAREHOUSE_UNAVAILABLE: away");
  }

  @Test
  void theLedgersAnswer() {
    LedgerNews news =
        LedgerNews.of(
            List.of(
                row("orders", "7", "1", "retried", "PUBLISH_FAILED", "away"),
                row("items", "3", "1", "loaded", null, null),
                row("other", "1", "0", "planned", null, null)));
    assertThat(news.loadedRuns()).containsExactlyInAnyOrder(RUN, new RunId("items", 3));
    assertThat(news.troubles()).containsExactly(Map.entry(RUN, "PUBLISH_FAILED: away"));
  }

  @Test
  void anObjectIsReadOnce() {
    RememberedObjects remembered = new RememberedObjects(control);
    assertThat(remembered.read("later")).isEmpty();
    create("later", "text");
    assertThat(remembered.read("later")).contains("text");
    assertThat(new RememberedObjects(new MemoryControlStore()).read("later")).isEmpty();
    assertThat(remembered.list("la", 5)).hasSize(1);
  }

  private LiveRun read(LedgerNews news) {
    return LiveRun.read(control, RUN, news);
  }

  private void create(String name, String content) {
    control.create(name, content, Map.of());
  }

  private static Map<String, @Nullable String> row(
      String table,
      String seq,
      String loaded,
      String event,
      @Nullable String code,
      @Nullable String error) {
    Map<String, @Nullable String> row = new HashMap<>();
    row.put("table_name", table);
    row.put("seq", seq);
    row.put("loaded", loaded);
    row.put("event", event);
    row.put("error_code", code);
    row.put("error", error);
    return row;
  }
}
