package io.deltaferry.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.Storage.BlobListOption;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.SyncCompleted;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.run.RunId;
import io.deltaferry.testing.TestPostgres;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A database and a stack that copies it, with the sentences that tests speak about them. A test's
 * tables have the columns id, v and updated_at.
 */
public final class World implements AutoCloseable {
  /** Stands in rows; nothing that a person reads may hold it. */
  static final String ROW_VALUE = "PLANTED-VALUE-7391";

  /** Rows of a big table. */
  static final int BIG = 300_000;

  private final TestPostgres postgres;
  private final RunningStack stack;

  public World(TestPostgres postgres, RunningStack stack) {
    this.postgres = postgres;
    this.stack = stack;
  }

  public TestPostgres postgres() {
    return postgres;
  }

  public RunningStack stack() {
    return stack;
  }

  /** The database as a person would give it to {@code deltaferry local}. */
  public static String url(TestPostgres postgres) {
    String user = postgres.config().user();
    return "jdbc:postgresql://127.0.0.1:"
        + TestPostgres.port()
        + "/"
        + user
        + "?user="
        + user
        + "&password="
        + URLEncoder.encode(postgres.password(), StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** A table with a primary key and three rows. */
  public void create(String table) {
    create(table, "id int PRIMARY KEY, v text, updated_at timestamptz NOT NULL");
  }

  void create(String table, String columns) {
    postgres.run(
        "CREATE TABLE public.%s (%s)".formatted(table, columns),
        """
        INSERT INTO public.%s (id, v, updated_at)
        SELECT n, '%s', now() - n * interval '1 hour' FROM generate_series(1, 3) n"""
            .formatted(table, ROW_VALUE));
  }

  /** The same with rows enough for a run that one can interrupt. */
  void createBig(String table) {
    postgres.run(
        "CREATE TABLE %s (id int PRIMARY KEY, v text, updated_at timestamptz NOT NULL)"
            .formatted(table),
        """
        INSERT INTO %s SELECT n, md5(n::text), now() - n * interval '1 ms'
        FROM generate_series(1, %d) n"""
            .formatted(table, BIG));
  }

  /** Changes one row so that the next sync has something to do. */
  public void touch(String table) {
    postgres.run(
        "UPDATE public.%s SET v = v || '!', updated_at = clock_timestamp() WHERE id = 1"
            .formatted(table));
  }

  /**
   * A sync fails for good, says why to both who wait for it and who read dead letters, and leaves
   * everything as it was.
   */
  void assertRefused(String table, ErrorCode code, String... words) {
    String before = everythingOf(table);
    SyncCompleted end = stack.sync(table);
    assertRefused(end, code, words);
    assertThat(everythingOf(table)).as("what is in BigQuery").isEqualTo(before);
  }

  /** The end says so, and so does the dead letter. */
  void assertRefused(SyncCompleted end, ErrorCode code, String... words) {
    assertThat(end.outcome()).as("%s", end).isEqualTo(SyncOutcome.FAILED);
    assertThat(end.errorCode()).as("%s", end).isEqualTo(code);
    assertThat(end.errorMessage()).contains(words).doesNotContain(ROW_VALUE);
    DeadLetter letter =
        Waiting.until(
            "the dead letter of " + end,
            RunningStack.PATIENCE,
            () ->
                stack.deadLetters().stream()
                    .filter(one -> isOf(one, end) && one.code().equals(code.name()))
                    .findFirst());
    assertThat(letter.message()).contains(words).doesNotContain(ROW_VALUE);
  }

  private static boolean isOf(DeadLetter letter, SyncCompleted end) {
    return letter.event().contains(end.requestId())
        || letter.event().contains("manifests/" + end.table() + "/" + end.seq() + ".json");
  }

  /** The next sync does its work, and both sides are equal. */
  public void assertSyncs(String table) {
    SyncCompleted end = stack.sync(table);
    assertThat(end.outcome()).as("%s", end).isEqualTo(SyncOutcome.COMPLETED);
    assertEqualSides(table);
  }

  public void assertEqualSides(String table) {
    assertThat(targetRows(table)).isNotEmpty().isEqualTo(sourceRows(table));
  }

  /** The run completed, is told as the same by all, and both sides have the same sums. */
  void assertFinishedOnce(String table, long run, String request) {
    SyncCompleted end = stack.await(request);
    assertThat(end.outcome()).as("%s", end).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(end.seq()).isEqualTo(run);
    assertThat(stack.merged(table)).doesNotHaveDuplicates().hasSize((int) run);
    assertThat(stack.ends(new RunId(table, run))).allMatch(end::equals);
    assertThat(
            stack.query(
                "SELECT COUNT(*), COUNT(DISTINCT id), SUM(id * LENGTH(v)), MAX(v) FROM target."
                    + table))
        .isEqualTo(
            postgres.column(
                "SELECT concat_ws('|', count(*), count(DISTINCT id), sum(id::bigint * length(v)),"
                    + " max(v COLLATE \"C\")) FROM "
                    + table));
  }

  /** The attempts of run 1 that left parts. */
  Set<String> attempts(String table) {
    String prefix = "parts/" + table + "/1/0/";
    return stack
        .storage()
        .list(RunningStack.BUCKET, BlobListOption.prefix(prefix))
        .streamAll()
        .map(Blob::getName)
        .map(name -> name.substring(prefix.length(), name.indexOf('/', prefix.length())))
        .collect(Collectors.toSet());
  }

  public List<String> sourceRows(String table) {
    return postgres.column(
        """
        SELECT concat_ws('|', id, coalesce(v, '∅'),
          coalesce((extract(epoch FROM updated_at) * 1000000)::bigint::text, '∅'))
        FROM public.%s ORDER BY id"""
            .formatted(table));
  }

  public List<String> targetRows(String table) {
    return stack.query(
        "SELECT id, v, updated_at FROM %s.`%s` ORDER BY id".formatted(RunningStack.DATASET, table));
  }

  /** Neither logs nor dead letters nor the ledger hold a value of a row or the password. */
  void assertNothingLeaked() {
    assertThat(stack.logs())
        .isNotEmpty()
        .doesNotContain(ROW_VALUE)
        .doesNotContain(postgres.password());
    assertThat(stack.deadLetters())
        .noneMatch(letter -> letter.message().contains(ROW_VALUE))
        .noneMatch(letter -> letter.message().contains(postgres.password()));
    assertThat(stack.query("SELECT DISTINCT error FROM control.sync_events"))
        .noneMatch(error -> error.contains(ROW_VALUE))
        .noneMatch(error -> error.contains(postgres.password()));
  }

  private String everythingOf(String table) {
    String rows =
        stack.target(table).isEmpty()
            ? "absent"
            : stack
                .query(
                    "SELECT TO_JSON_STRING(t) FROM %s.`%s` AS t ORDER BY 1"
                        .formatted(RunningStack.DATASET, table))
                .toString();
    return rows + "\n" + stack.state(table) + "\n" + stack.merged(table);
  }

  @Override
  public void close() {
    stack.close();
  }
}
