package io.deltaferry.extractor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.Messages;
import io.deltaferry.message.SliceRequest;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.plan.Slicing;
import io.deltaferry.postgres.PostgresSource;
import io.deltaferry.postgres.SourceTurns;
import io.deltaferry.run.ControlStore;
import io.deltaferry.run.EndOfRun;
import io.deltaferry.run.KnownRun;
import io.deltaferry.run.Manifest;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.Outcome;
import io.deltaferry.run.Receipt;
import io.deltaferry.run.RunId;
import io.deltaferry.run.RunJson;
import io.deltaferry.run.Slice;
import io.deltaferry.run.Split;
import io.deltaferry.service.Journal;
import io.deltaferry.service.RunEnd;
import io.deltaferry.service.ServiceSettings;
import io.deltaferry.service.Topology;
import io.deltaferry.sql.SliceRows;
import io.deltaferry.table.SourceConfig;
import io.deltaferry.table.SourceEndpoint;
import io.deltaferry.testing.ForwardingControlStore;
import io.deltaferry.testing.MemoryControlStore;
import io.deltaferry.testing.RecordingLedger;
import io.deltaferry.testing.RecordingPublisher;
import io.deltaferry.testing.StagedRuns;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * How the slices of a run follow each other; what was extracted before, no database is asked for.
 */
class RunSlicesTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);
  private static final Duration EXPIRY = Duration.ofHours(1);
  private static final RunId RUN = new RunId("orders", 3);
  private static final String REQUESTS = Topology.DEFAULT.topics().extractRequests();

  private final MemoryControlStore control = new MemoryControlStore();
  private final RecordingPublisher publisher = new RecordingPublisher();
  private final RecordingLedger ledger = new RecordingLedger();
  private final Journal journal = new Journal(ledger);
  private final RunEnd runEnd =
      new RunEnd(control, publisher, Topology.DEFAULT.topics(), CLOCK, journal);
  private final RunSlices slices = slices(control);

  @Test
  void asManySlicesAreAskedForAsMayBeReadAtATime() {
    start(plan(5, 2));
    assertThat(asked()).containsExactly("0", "1");
  }

  @Test
  void eachSliceIsFollowedByTheNextOfItsChain() {
    RunPlan plan = plan(5, 2);
    take(plan, "0");
    assertThat(asked()).containsExactly("2");
    take(plan, "1");
    assertThat(asked()).containsExactly("2", "3");
    take(plan, "2");
    assertThat(asked()).containsExactly("2", "3", "4");
    take(plan, "4");
    assertThat(asked()).as("nothing follows the last of a chain").hasSize(3);
    assertThat(manifest()).isEmpty();
    take(plan, "3");
    assertThat(manifest().orElseThrow().receipts())
        .extracting(Receipt::slice)
        .containsExactly("0", "1", "2", "3", "4");
  }

  /** One half after the other, so that no more are read at a time than before. */
  @Test
  void halvesComeBeforeWhatFollowsTheirSlice() {
    RunPlan plan = plan(4, 2);
    new Split("0", List.of(half("0.0"), half("0.1"))).store(control, RUN);
    takeAgain(plan, "0");
    assertThat(asked()).containsExactly("0.0");
    take(plan, "0.0");
    take(plan, "0.1");
    assertThat(asked()).containsExactly("0.0", "0.1", "2");
  }

  @Test
  void whoFindsEverythingDoneTellsTheLoader() {
    RunPlan plan = plan(2, 2);
    take(plan, "0");
    take(plan, "1");
    String first = control.read(ObjectNames.manifest(RUN)).orElseThrow();
    takeAgain(plan, "0");
    start(plan);
    assertThat(publisher.texts(Topology.DEFAULT.topics().stagedDeltas())).hasSize(2);
    assertThat(control.read(ObjectNames.manifest(RUN))).contains(first);
  }

  /** Its own manifest is the second, and the event of the first may have been used up. */
  @Test
  void whoIsTooLateWithTheManifestTellsTheLoader() {
    RunPlan plan = plan(2, 2);
    take(plan, "0");
    take(plan, "1");
    ControlStore unseen =
        new ForwardingControlStore(control) {
          @Override
          public Optional<String> read(String name) {
            return name.equals(ObjectNames.manifest(RUN)) ? Optional.empty() : super.read(name);
          }
        };
    slices(unseen).take(request(plan, "1"), EXPIRY);
    assertThat(publisher.texts(Topology.DEFAULT.topics().stagedDeltas())).hasSize(1);
  }

  @Test
  void aRunThatGoesOnAsksOnlyForWhatIsNotDone() {
    RunPlan plan = plan(6, 3);
    for (String path : List.of("0", "1", "4")) {
      receipt(path).store(control, RUN);
    }
    start(plan);
    assertThat(asked()).containsExactly("2", "3");
  }

  @Test
  void aSliceOfARunThatHasEndedIsNobodysBusiness() {
    RunPlan plan = plan(2, 2);
    runEnd.end(RUN, plan.requestId(), SyncOutcome.SUPERSEDED, 0);
    slices.take(request(plan, "0"), EXPIRY);
    slices.take(new SliceRequest("orders", 99, "0", "gone"), EXPIRY);
    assertThat(asked()).isEmpty();
    assertThat(Outcome.read(control, RUN, "0")).isEmpty();
  }

  @Test
  void aPlanThatWasEditedIsRefusedAndItsRunEnds() {
    plan(2, 2);
    DeltaferryException failure =
        catchThrowableOfType(
            DeltaferryException.class,
            () -> slices.take(new SliceRequest("orders", 3, "0", "another"), EXPIRY));
    assertThat(failure.code()).isEqualTo(ErrorCode.STAGING_CORRUPT);
    assertThat(failure).hasMessageContaining("plan.json").hasMessageContaining("changed by hand");
    assertThat(runEnd.of(RUN)).map(EndOfRun::outcome).contains(SyncOutcome.FAILED);
  }

  @Test
  void aSliceThatThePlanDoesNotHaveIsRefused() {
    RunPlan plan = plan(2, 2);
    DeltaferryException failure =
        catchThrowableOfType(
            DeltaferryException.class, () -> slices.take(request(plan, "2"), EXPIRY));
    assertThat(failure.code()).isEqualTo(ErrorCode.MESSAGE_INVALID);
    assertThat(failure).hasMessageContaining("no slice 2");
  }

  /** The chain of runs that were abandoned one after the other within one plan. */
  @Test
  void theOutcomesOfAbandonedRunsAreTheSuccessors() {
    RunId first = new RunId("orders", 1);
    RunId second = new RunId("orders", 2);
    store(first, plan(first, 4, 2, null));
    receipt("0").store(control, first);
    store(second, plan(second, 4, 2, 1L));
    receipt("1").store(control, second);
    RunPlan plan = plan(RUN, 4, 2, 2L);
    store(RUN, plan);
    start(plan);
    assertThat(asked()).containsExactly("2", "3");
    assertThat(Outcome.read(control, RUN, "0")).contains(receipt("0"));
    take(plan, "2");
    take(plan, "3");
    journal.flush();
    assertThat(ledger.ids())
        .contains("orders#3/slice_staged/0", "orders#3/slice_staged/1", "orders#3/staged");
  }

  private RunPlan plan(int count, int parallel) {
    RunPlan plan = plan(RUN, count, parallel, null);
    store(RUN, plan);
    return plan;
  }

  private static RunPlan plan(RunId run, int count, int parallel, @Nullable Long adopts) {
    RunPlan whole = StagedRuns.plan(run);
    List<Slice> planned =
        new ArrayList<>(
            IntStream.range(0, count).mapToObj(n -> half(Integer.toString(n))).toList());
    return whole.cut(new Slicing(whole.slicing().order(), planned, parallel, null, adopts));
  }

  private void store(RunId run, RunPlan plan) {
    KnownRun.begin(control, run, KnownRun.Origin.of(plan.requestId()), RunJson.write(plan));
  }

  private static Slice half(String path) {
    return new Slice(path, new SliceRows.Whole());
  }

  private void start(RunPlan plan) {
    slices.start(plan, RunJson.write(plan), EXPIRY);
  }

  /** Whoever has extracted a slice goes on from it. */
  private void take(RunPlan plan, String path) {
    receipt(path).store(control, RUN);
    takeAgain(plan, path);
  }

  private void takeAgain(RunPlan plan, String path) {
    slices.take(request(plan, path), EXPIRY);
  }

  private static SliceRequest request(RunPlan plan, String path) {
    return new SliceRequest(plan.table(), plan.seq(), path, RunJson.hash(RunJson.write(plan)));
  }

  private List<String> asked() {
    return publisher.texts(REQUESTS).stream()
        .map(Messages::sliceRequest)
        .map(SliceRequest::slice)
        .toList();
  }

  private Optional<Manifest> manifest() {
    String name = ObjectNames.manifest(RUN);
    return control.read(name).map(text -> RunJson.read(name, text, Manifest.class));
  }

  private static Receipt receipt(String path) {
    return new Receipt(
        path,
        "attempt",
        0,
        List.of(),
        0,
        "2026-11-20 11:00:00+00",
        0,
        0,
        Map.of(),
        null,
        CLOCK.instant(),
        CLOCK.instant());
  }

  private RunSlices slices(ControlStore bucket) {
    ServiceSettings settings =
        new ServiceSettings(
            "p", "bucket", "US", "control", Duration.ofSeconds(1), Topology.DEFAULT.topics(), 5);
    PostgresSource nowhere =
        new PostgresSource(
            new SourceConfig(
                new SourceEndpoint.Jdbc("jdbc:postgresql://127.0.0.1:1/none"),
                "nobody",
                null,
                false,
                Map.of()),
            "");
    ExtractSlice extract =
        new ExtractSlice(
            Worker.service(settings.budget()),
            new Database(nowhere, new SourceTurns(nowhere, "bucket", 1)),
            bucket,
            prefix -> {
              throw new AssertionError("nothing is staged");
            },
            journal,
            CLOCK,
            () -> "attempt",
            new CopyPermits(1));
    return new RunSlices(
        bucket,
        extract,
        new CompleteRun(bucket, publisher, runEnd, journal, settings, CLOCK),
        runEnd,
        plan -> {});
  }
}
