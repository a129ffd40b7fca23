package io.deltaferry.extractor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.Envelopes;
import io.deltaferry.message.ExtractRequest;
import io.deltaferry.message.IncomingEvent;
import io.deltaferry.message.PubSubMessage;
import io.deltaferry.run.KnownRun;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunId;
import io.deltaferry.service.Journal;
import io.deltaferry.service.Stage;
import io.deltaferry.service.TaskRequest;
import io.deltaferry.table.TableCatalog;
import io.deltaferry.table.TableFile;
import io.deltaferry.testing.MemoryControlStore;
import io.deltaferry.testing.RecordingLedger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** Which requests become executions of the job. */
class StartJobTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final RunId FIRST = new RunId("big", 1);
  private static final TableFile TABLES =
      TableCatalog.read(
          """
          source: {url: 'jdbc:postgresql://db.example.com/shop', user: me}
          target: {project: my-project, dataset: shop}
          bucket: my-project-deltas
          defaults: {cursor: updated_at}
          tables:
            small: {source: public.small}
            big: {source: public.big, extract_in: job, run_expiry: 1h}
          """,
          Map.of());

  private int attempts;
  private final MemoryControlStore control = new MemoryControlStore();
  private final List<Map<String, String>> started = new ArrayList<>();
  private final Here here = new Here();
  private final StartJob stage = new StartJob(TABLES, turns(), started::add, here);

  @AfterEach
  void forget() {
    MDC.clear();
  }

  @Test
  void aTableIsReadInTheServiceUnlessItSaysOtherwise() {
    stage.handle(request("small"));
    assertThat(started).isEmpty();
    assertThat(here.handled).containsExactly(request("small"));
  }

  @Test
  void theJobGetsTheMessageAsItCame() {
    stage.handle(request("big"));
    assertThat(started)
        .containsExactly(
            Map.of(TaskRequest.MESSAGE, Envelopes.wrap(request("big").delivered(null))));
    assertThat(here.handled).isEmpty();
    assertThat(KnownRun.of(control, "big")).as("planned by the job").isEmpty();
  }

  @Test
  void aRequestThatMeetsALiveRunWaitsWithoutAJob() {
    KnownRun.begin(
        control, FIRST, new KnownRun.Origin("another", ExtractRequest.USUAL, "execution-1"), "{}");
    stage.handle(request("big"));
    assertThat(started).isEmpty();
    assertThat(control.read(ObjectNames.pending(FIRST, "message-77"))).isPresent();
  }

  /** Whatever is live: it is written down at once. */
  @Test
  void aStopStartsNoJob() {
    KnownRun.begin(
        control, FIRST, new KnownRun.Origin("another", ExtractRequest.USUAL, "execution-1"), "{}");
    PubSubMessage stop = request("{\"table\":\"big\",\"mode\":\"backfill\",\"stop\":true}", NOON);
    stage.handle(stop);
    assertThat(started).isEmpty();
    assertThat(here.handled).containsExactly(stop);
    assertThat(control.list(ObjectNames.pendingPrefix("big"), 10)).isEmpty();
  }

  @Test
  void aRedeliveredRequestStartsNoSecondCopy() {
    KnownRun.begin(
        control,
        FIRST,
        new KnownRun.Origin("message-77", ExtractRequest.USUAL, "execution-1"),
        "{}");
    stage.handle(request("big"));
    assertThat(started).isEmpty();
  }

  /** Its execution has used up its attempts, or was cancelled. */
  @Test
  void aRunThatNobodyWorksOnAnyMoreGoesOnInANewExecution() {
    KnownRun.begin(
        control,
        FIRST,
        new KnownRun.Origin("message-77", ExtractRequest.USUAL, "execution-1"),
        "{}");
    control.setNow(NOON.plus(Duration.ofHours(1)).plusSeconds(1));
    stage.handle(request("big"));
    assertThat(started).hasSize(1);
  }

  @Test
  void whatIsDoneIsToldAgainWithoutAJob() {
    KnownRun.begin(
        control,
        FIRST,
        new KnownRun.Origin("message-77", ExtractRequest.USUAL, "execution-1"),
        "{}");
    control.create(ObjectNames.end(FIRST), "{}", Map.of());
    stage.handle(request("big"));
    assertThat(started).isEmpty();
    assertThat(here.handled).hasSize(1);
  }

  @Test
  void aJobThatCannotBeStartedIsAFailureOfTheRequest() {
    StartJob unable =
        new StartJob(
            TABLES,
            turns(),
            environment -> {
              throw new DeltaferryException(ErrorCode.JOB_UNAVAILABLE, "no");
            },
            here);
    assertThatThrownBy(() -> unable.handle(request("big"))).isInstanceOf(DeltaferryException.class);
    unable.giveUp(request("big"), new DeltaferryException(ErrorCode.JOB_UNAVAILABLE, "no"));
    assertThat(here.givenUp).hasSize(1);
  }

  private TakeTurn turns() {
    return new TakeTurn(
        control,
        () -> "attempt-" + ++attempts,
        new Journal(new RecordingLedger()),
        Clock.fixed(NOON, ZoneOffset.UTC),
        "");
  }

  private static PubSubMessage request(String table) {
    return request("{\"table\":\"" + table + "\"}", NOON);
  }

  private static PubSubMessage request(String text, Instant publishedAt) {
    return new PubSubMessage("77", publishedAt, Map.of(), text, 2, "projects/p/subscriptions/s");
  }

  /** The service's own work. */
  private static final class Here implements Stage {
    private final List<IncomingEvent> handled = new ArrayList<>();
    private final List<IncomingEvent> givenUp = new ArrayList<>();

    @Override
    public String name() {
      return "extractor";
    }

    @Override
    public void handle(IncomingEvent event) {
      handled.add(event);
    }

    @Override
    public void giveUp(IncomingEvent event, DeltaferryException failure) {
      givenUp.add(event);
    }
  }
}
