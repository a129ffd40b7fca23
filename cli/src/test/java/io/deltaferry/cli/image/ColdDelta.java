package io.deltaferry.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.cli.endtoend.RunningStack;
import io.deltaferry.cli.endtoend.World;
import io.deltaferry.cli.local.StackPorts;
import io.deltaferry.message.ExtractRequest;
import io.deltaferry.message.LoadedDelta;
import io.deltaferry.message.Messages;
import io.deltaferry.message.OutgoingMessage;
import io.deltaferry.message.StagedDelta;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.run.KnownRun;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunId;
import io.deltaferry.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Carries deltas of 1,000 rows through services that have just been started, one after the other:
 * each process gets one message, and that message is the first it sees.
 */
final class ColdDelta implements AutoCloseable {
  private static final String TABLE = "cold";

  /** The whole table lies within the lateness, so that every run reads all of it. */
  private static final String TABLES = TABLE + ": {source: public.cold, lateness: 7d}\n";

  private final Path directory;
  private final TestPostgres postgres;
  private final RunningStack stack;

  /** Starts a stack without services; its own pushes reach nobody from then on. */
  ColdDelta(Path directory) throws InterruptedException {
    this.directory = directory;
    postgres = TestPostgres.create();
    postgres.run(
        "CREATE TABLE public.cold (id int PRIMARY KEY, v text, updated_at timestamptz NOT NULL)",
        """
        INSERT INTO public.cold
        SELECT n, md5(n::text), now() - interval '1 hour' FROM generate_series(1, 1000) n""");
    stack = new RunningStack(directory, World.url(postgres), TABLES);
    stack.sync(TABLE);
    Launch.SERVICES.forEach(service -> stack.service(service).close());
  }

  /**
   * Carries one.
   *
   * @param launches how each service is started
   * @return what each took
   */
  Map<String, ColdStartSample> carry(Map<String, Launch> launches)
      throws IOException, InterruptedException {
    postgres.run("UPDATE public.cold SET v = md5(v), updated_at = now() - interval '1 hour'");
    String request = "cold-" + UUID.randomUUID();
    Map<String, ColdStartSample> samples = new LinkedHashMap<>();
    for (String service : Launch.SERVICES) {
      samples.put(
          service,
          handle(service, Objects.requireNonNull(launches.get(service), service), request));
    }
    assertThat(stack.await(request).outcome()).isEqualTo(SyncOutcome.COMPLETED);
    return samples;
  }

  private ColdStartSample handle(String service, Launch launch, String request)
      throws IOException, InterruptedException {
    Launch started = launch.with(stack.service(service).spec().environment());
    Path log = directory.resolve(service + ".log");
    try (ServedFunction function =
        ServedFunction.start(started, StackPorts.free().extractor(), log)) {
      double ready = millis(function.awaitReady());
      function.push(message(service, request));
      return new ColdStartSample(
          ready,
          millis(function.age()),
          millis(function.processorTime()),
          function.peakKilobytes().map(peak -> peak / 1024.0).orElse(Double.NaN));
    }
  }

  private OutgoingMessage message(String service, String request) {
    if (service.equals("extractor")) {
      return Messages.encode(new ExtractRequest(TABLE, null, request));
    }
    RunId run = KnownRun.of(stack.control(), TABLE).get(0).id();
    String manifest = ObjectNames.manifest(run);
    return switch (service) {
      case "loader" ->
          Messages.encode(
              new StagedDelta(
                  RunningStack.BUCKET,
                  manifest,
                  /* generation= */ 1,
                  /* size= */ 1,
                  Instant.now()));
      case "merger" ->
          Messages.encode(new LoadedDelta(TABLE, run.seq(), manifest, TABLE + "__" + run.seq()));
      default -> throw new IllegalArgumentException("no message for a service called " + service);
    };
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }

  @Override
  public void close() {
    stack.close();
  }
}
