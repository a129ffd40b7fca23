package io.deltaferry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.error.ErrorKind;
import io.deltaferry.postgres.CatalogReader;
import io.deltaferry.postgres.PostgresSession;
import io.deltaferry.postgres.PostgresSource;
import io.deltaferry.sql.DeltaQuery;
import io.deltaferry.sql.DeltaSource;
import io.deltaferry.sql.PgQuery;
import io.deltaferry.sql.PgTable;
import io.deltaferry.sql.Window;
import io.deltaferry.table.SourceConfig;
import io.deltaferry.table.SourceEndpoint;
import io.deltaferry.testing.LosingWire;
import io.deltaferry.testing.MemoryParts;
import io.deltaferry.testing.TestPostgres;
import io.deltaferry.type.LossPolicy;
import io.deltaferry.type.MappingOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever breaks, nothing half becomes visible and no thread stays. */
class CopyFailureTest {
  private static final CopySettings SETTINGS =
      new CopySettings(1L << 30, 2, Duration.ofSeconds(60));

  /** Some 500 MB: no test reads it to its end. */
  private static final PgQuery ENDLESS =
      new PgQuery("SELECT a.n, md5((a.n * b.n)::text) AS hash FROM numbers a, numbers b");

  private static TestPostgres postgres;

  @BeforeAll
  static void start() {
    postgres = TestPostgres.create();
    postgres.run("CREATE TABLE numbers AS SELECT n FROM generate_series(1, 4000) n");
  }

  @AfterEach
  void noThreadStays() {
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("deltaferry-"));
  }

  @Test
  void aSourceKilledMidCopyAbortsThePart() {
    MemoryParts parts = new MemoryParts();
    AtomicInteger writes = new AtomicInteger();
    PartSink killing =
        number ->
            onWrite(
                parts.open(number),
                () -> {
                  if (writes.incrementAndGet() == 5) {
                    postgres.run(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE"
                            + " application_name = 'deltaferry' AND datname = current_database()");
                  }
                });

    DeltaferryException failure = failureOf(ENDLESS, MappingOptions.DEFAULT, SETTINGS, killing);

    assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
    assertThat(failure.kind()).isEqualTo(ErrorKind.TRANSIENT);
    assertThat(failure).hasMessageContaining("It is tried again");
    assertThat(parts.committed()).isEmpty();
    assertThat(parts.aborted()).isEqualTo(1);
  }

  @Test
  void aSinkThatFailsAbortsThePartAndCancelsTheSource() {
    MemoryParts parts = new MemoryParts();
    AtomicInteger writes = new AtomicInteger();
    PartSink failing =
        number ->
            onWrite(
                parts.open(number),
                () -> {
                  if (writes.incrementAndGet() == 5) {
                    throw new IOException("the bucket is gone");
                  }
                });

    DeltaferryException failure = failureOf(ENDLESS, MappingOptions.DEFAULT, SETTINGS, failing);

    assertThat(failure.code()).isEqualTo(ErrorCode.STAGING_UNAVAILABLE);
    assertThat(failure).hasRootCauseMessage("the bucket is gone");
    assertThat(parts.committed()).isEmpty();
    assertThat(parts.aborted()).isEqualTo(1);
    assertThat(running()).isZero();
  }

  @Test
  void aSinksOwnFailureComesThroughUnchanged() {
    DeltaferryException own = new DeltaferryException(ErrorCode.STAGING_CORRUPT, "crc differs");
    PartSink failing =
        number -> {
          throw own;
        };
    assertThat(failureOf(ENDLESS, MappingOptions.DEFAULT, SETTINGS, failing)).isSameAs(own);
  }

  @Test
  void aRowThatTheServerHasSentAndNobodyGotIsMissed() throws IOException {
    try (LosingWire wire = new LosingWire(TestPostgres.port(), 1_000);
        PostgresSession session = through(wire)) {
      MemoryParts parts = new MemoryParts();
      DeltaferryException failure =
          failureOf(
              session,
              new PgQuery("SELECT n FROM numbers"),
              MappingOptions.DEFAULT,
              SETTINGS,
              parts,
              new StopSignal());
      assertThat(failure.code()).isEqualTo(ErrorCode.COUNTS_DIFFER);
      assertThat(failure).hasMessageContaining("rows by COPY's tag, received: 4000 and 3999");
      assertThat(parts.committed()).isEmpty();
    }
  }

  private static PostgresSession through(LosingWire wire) {
    String database =
        ((SourceEndpoint.Jdbc) postgres.config().endpoint()).jdbcUrl().replaceFirst(".*/", "");
    SourceConfig config =
        new SourceConfig(
            new SourceEndpoint.Jdbc(
                "jdbc:postgresql://127.0.0.1:" + wire.port() + "/" + database + "?sslmode=disable"),
            postgres.config().user(),
            null,
            false,
            Map.of());
    return new PostgresSource(config, postgres.password()).open(Duration.ofSeconds(60));
  }

  @Test
  void aSinkThatCountsOtherRowsThanItGotIsNotBelieved() {
    MemoryParts parts = new MemoryParts();
    PartSink losing = number -> counting(parts.open(number), rows -> rows - 1);
    DeltaferryException failure =
        failureOf(new PgQuery("SELECT n FROM numbers"), MappingOptions.DEFAULT, SETTINGS, losing);
    assertThat(failure.code()).isEqualTo(ErrorCode.COUNTS_DIFFER);
    assertThat(failure).hasMessageContaining("rows received, staged: 4000 and 3999");
  }

  @Test
  void aBudgetEndsTheExtraction() {
    MemoryParts parts = new MemoryParts();
    DeltaferryException failure =
        failureOf(
            ENDLESS,
            MappingOptions.DEFAULT,
            new CopySettings(1L << 30, 2, Duration.ofMillis(700)),
            parts);
    assertThat(failure.kind()).isEqualTo(ErrorKind.TRANSIENT);
    assertThat(failure).hasMessageContaining("700 ms");
    assertThat(parts.committed()).isEmpty();
    assertThat(running()).isZero();
  }

  @Test
  void aBudgetEndsAnExtractionBeforeItsFirstRow() {
    DeltaferryException failure =
        failureOf(
            new PgQuery("SELECT 1 AS a FROM (SELECT pg_sleep(30)) s"),
            MappingOptions.DEFAULT,
            new CopySettings(1L << 30, 2, Duration.ofMillis(300)),
            new MemoryParts());
    assertThat(failure).hasMessageContaining("300 ms");
  }

  @Test
  void whoeverMayStopAnExtractionGivesTheReason() {
    DeltaferryException lost = new DeltaferryException(ErrorCode.SUPERSEDED, "somebody else's");
    StopSignal stop = new StopSignal();
    AtomicInteger writes = new AtomicInteger();
    MemoryParts parts = new MemoryParts();
    PartSink stopping =
        number ->
            onWrite(
                parts.open(number),
                () -> {
                  if (writes.incrementAndGet() == 5) {
                    stop.stop(lost);
                  }
                });

    assertThat(failureOf(ENDLESS, MappingOptions.DEFAULT, SETTINGS, stopping, stop)).isSameAs(lost);
    assertThat(parts.committed()).isEmpty();
    assertThat(running()).isZero();
  }

  @Test
  void whatIsStoppedBeforeItBeginsReadsNothing() {
    StopSignal stop = new StopSignal();
    stop.stop(new DeltaferryException(ErrorCode.SUPERSEDED, "somebody else's"));
    MemoryParts parts = new MemoryParts();
    DeltaferryException failure = failureOf(ENDLESS, MappingOptions.DEFAULT, SETTINGS, parts, stop);
    assertThat(failure.code()).isEqualTo(ErrorCode.SUPERSEDED);
    assertThat(parts.opened()).isZero();
  }

  @Test
  void aRefusedValueFailsWithItsColumnAndCount() {
    postgres.run(
        "CREATE TABLE refused (id int, a numeric, b numeric(10,2), c date)",
        "INSERT INTO refused VALUES (1, 1, 1, '2024-01-01'), (2, 'NaN', 'NaN', 'infinity'),"
            + " (3, 1e39, 2, NULL), (4, 1e-39, NULL, NULL), (5, 'Infinity', 1, '0001-01-01')");
    PgTable table = PgTable.of("public", "refused");
    MemoryParts parts = new MemoryParts();
    DeltaferryException failure =
        failureOf(
            table,
            new MappingOptions(Map.of("c", LossPolicy.FAIL), false, Set.of()),
            SETTINGS,
            parts);
    assertThat(failure.code()).as(failure.getMessage()).isEqualTo(ErrorCode.VALUE_REFUSED);
    assertThat(failure)
        .hasMessageContaining("\"public\".\"refused\"")
        .hasMessageContaining("\"a\" has 4, column \"b\" has 1, column \"c\" has 1.");
    assertThat(parts.opened()).isZero();
  }

  @Test
  void aKeyTakesNoNull() {
    postgres.run(
        "CREATE TABLE keyless (a int, b text)",
        "INSERT INTO keyless VALUES (1, 'x'), (NULL, 'y'), (NULL, NULL)");
    DeltaferryException failure =
        failureOf(
            PgTable.of("public", "keyless"),
            new MappingOptions(Map.of(), false, Set.of("a", "b")),
            SETTINGS,
            new MemoryParts());
    assertThat(failure)
        .hasMessageContaining("column \"a\" has 2, column \"b\" has 1.")
        .hasMessageContaining("NULL in a key");
  }

  @Test
  void aBrokenExpressionNeverQuotesARow() {
    postgres.run("CREATE TABLE secrets (a text)", "INSERT INTO secrets VALUES ('my-secret')");
    DeltaferryException failure =
        failureOf(
            new PgQuery("SELECT a, a::int AS b FROM secrets"),
            MappingOptions.DEFAULT,
            SETTINGS,
            new MemoryParts());
    assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_QUERY_FAILED);
    assertThat(failure).hasNoCause();
    assertThat(failure.getMessage()).contains("22P02").doesNotContain("my-secret");
  }

  private static DeltaferryException failureOf(
      DeltaSource source, MappingOptions options, CopySettings settings, PartSink sink) {
    return failureOf(source, options, settings, sink, new StopSignal());
  }

  private static DeltaferryException failureOf(
      DeltaSource source,
      MappingOptions options,
      CopySettings settings,
      PartSink sink,
      StopSignal stop) {
    try (PostgresSession session = postgres.open()) {
      return failureOf(session, source, options, settings, sink, stop);
    }
  }

  private static DeltaferryException failureOf(
      PostgresSession session,
      DeltaSource source,
      MappingOptions options,
      CopySettings settings,
      PartSink sink,
      StopSignal stop) {
    session.beginSnapshot(source instanceof PgTable table ? table : null);
    DeltaQuery query =
        new DeltaQuery(
            source,
            new CatalogReader(session).describe(source).mappings(List.of(), options),
            null,
            Window.ALL,
            null);
    return catchThrowableOfType(
        DeltaferryException.class,
        () -> new CopyExtraction(session, settings, stop).run(query, sink));
  }

  /** Statements of ours that still run. */
  private static long running() {
    return postgres
        .column(
            "SELECT pid FROM pg_stat_activity WHERE application_name = 'deltaferry' AND datname ="
                + " current_database() AND state = 'active'")
        .size();
  }

  private interface Trouble {
    void happen() throws IOException;
  }

  private static PartWriter onWrite(PartWriter writer, Trouble trouble) {
    return around(writer, trouble, rows -> rows);
  }

  private static PartWriter counting(PartWriter writer, LongUnaryOperator counted) {
    return around(writer, () -> {}, counted);
  }

  private static PartWriter around(PartWriter writer, Trouble trouble, LongUnaryOperator counted) {
    return new PartWriter() {
      @Override
      public void write(ByteBuffer bytes) throws IOException {
        trouble.happen();
        writer.write(bytes);
      }

      @Override
      public PartReceipt commit(long rows) throws IOException {
        return writer.commit(counted.applyAsLong(rows));
      }

      @Override
      public void abort() {
        writer.abort();
      }
    };
  }
}
