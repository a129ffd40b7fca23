package io.deltaferry.localgcp.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryError;
import com.google.cloud.bigquery.CsvOptions;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.LoadJobConfiguration;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.TableId;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConcurrencyTest {
  private static final Schema SCHEMA =
      Schema.of(
          Field.of("id", StandardSQLTypeName.INT64), Field.of("v", StandardSQLTypeName.STRING));

  /** Takes longer than any test waits. */
  private static final String ENDLESS =
      "SELECT COUNT(*) FROM UNNEST(GENERATE_ARRAY(1, 100000)) AS a,"
          + " UNNEST(GENERATE_ARRAY(1, 100000)) AS b WHERE MOD(a * b, 7) = 3";

  private LocalServer server;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    server = new LocalServer(directory).withDataset("c");
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
  }

  private List<Job> finished(List<Job> started) throws InterruptedException {
    List<Job> ended = new ArrayList<>();
    for (Job job : started) {
      ended.add(server.ended(job));
    }
    return ended;
  }

  private Job start(String sql) {
    return server.client.create(JobInfo.of(QueryJobConfiguration.of(sql)));
  }

  @Test
  void eightLoadsAndMergesOfDifferentTablesRunAtOnce() throws Exception {
    String rows =
        LongStream.range(0, 2000).mapToObj(i -> i + ",v" + i).collect(Collectors.joining("\n"));
    server.files.put("gs://b/delta.csv", rows);
    List<Job> loads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      server.run("CREATE TABLE c.target" + i + " (id INT64, v STRING)");
      loads.add(append("delta" + i, "gs://b/delta.csv"));
    }
    assertThat(errors(finished(loads))).isEmpty();
    List<Job> merges = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      merges.add(
          start(
              """
              BEGIN TRANSACTION;
              MERGE c.target%1$d AS t USING c.delta%1$d AS d ON t.id = d.id
                WHEN NOT MATCHED THEN INSERT (id, v) VALUES (d.id, d.v);
              COMMIT TRANSACTION;
              """
                  .formatted(i)));
    }
    assertThat(errors(finished(merges))).isEmpty();
    for (int i = 0; i < 8; i++) {
      assertThat(server.row("SELECT COUNT(*) FROM c.target" + i)).containsExactly("2000");
    }
  }

  private static List<String> errors(List<Job> jobs) {
    return jobs.stream()
        .map(job -> job.getStatus().getError())
        .filter(Objects::nonNull)
        .map(BigQueryError::getMessage)
        .toList();
  }

  @Test
  void updatesOfOneTableQueueAndNoneIsLost() throws Exception {
    server.run("CREATE TABLE c.counter AS SELECT 0 AS n");
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      jobs.add(start("UPDATE c.counter SET n = n + 1 WHERE TRUE"));
    }
    assertThat(errors(finished(jobs))).isEmpty();
    assertThat(server.row("SELECT n FROM c.counter")).containsExactly("12");
  }

  @Test
  void ofTwoTransactionsOnOneTableTheLaterOneIsCancelled() throws Exception {
    server.run("CREATE TABLE c.fought AS SELECT 0 AS n");
    Job first =
        start("BEGIN TRANSACTION; UPDATE c.fought SET n = 1 WHERE TRUE; " + ENDLESS + "; COMMIT;");
    awaitChildren(first, 2);
    Job second =
        start("BEGIN TRANSACTION; UPDATE c.fought SET n = 2 WHERE TRUE; COMMIT TRANSACTION;");
    assertThat(errors(finished(List.of(second))))
        .singleElement()
        .asString()
        .startsWith(
            "Transaction is aborted due to concurrent update against table proj-1:c.fought");
    first.cancel();
    finished(List.of(first));
    assertThat(server.row("SELECT n FROM c.fought")).containsExactly("0");
  }

  /** Waits until so many statements of a script have ended. */
  private void awaitChildren(Job script, long count) throws InterruptedException {
    long limit = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    BigQuery.JobListOption children =
        BigQuery.JobListOption.parentJobId(script.getJobId().getJob());
    while (server.client.listJobs(children).streamAll().count() < count) {
      assertThat(System.nanoTime()).as("%s statements ended in time", count).isLessThan(limit);
      Thread.sleep(10);
    }
  }

  @Test
  void insertsNeverConflict() throws Exception {
    server.run("CREATE TABLE c.log (n INT64)");
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      jobs.add(
          start(
              "BEGIN TRANSACTION; INSERT INTO c.log (n) VALUES (" + i + "); COMMIT TRANSACTION;"));
    }
    assertThat(errors(finished(jobs))).isEmpty();
    assertThat(server.row("SELECT COUNT(*) FROM c.log")).containsExactly("8");
  }

  @Test
  void appendsToOneTableDoNotWaitForEachOther() throws Exception {
    server.run("CREATE TABLE c.appended AS SELECT 0 AS id, 'x' AS v");
    server.files.put("gs://b/quick.csv", "2,b\n3,c\n");
    Job slow;
    try (HeldFile held = new HeldFile("1,a\n")) {
      server.files.put("gs://b/slow.csv", held);
      slow = append("appended", "gs://b/slow.csv");
      held.awaitOpened();
      assertThat(errors(finished(List.of(append("appended", "gs://b/quick.csv"))))).isEmpty();
      assertThat(server.row("SELECT COUNT(*) FROM c.appended")).containsExactly("3");
    }
    assertThat(errors(finished(List.of(slow)))).isEmpty();
    assertThat(server.row("SELECT COUNT(*) FROM c.appended")).containsExactly("4");
  }

  @Test
  void ofTwoAppendsThatWouldMakeTheTableTheLaterOneFindsIt() throws Exception {
    server.files.put("gs://b/second.csv", "2,b\n");
    Job first;
    Job second;
    try (HeldFile held = new HeldFile("1,a\n")) {
      server.files.put("gs://b/first.csv", held);
      first = append("made_once", "gs://b/first.csv");
      held.awaitOpened();
      second = append("made_once", "gs://b/second.csv");
      // Such a call is held for a moment, until the job ends.
      Job meanwhile =
          server.client.getJob(
              second.getJobId(), BigQuery.JobOption.fields(BigQuery.JobField.STATUS));
      assertThat(meanwhile.getStatus().getError()).isNull();
    }
    assertThat(errors(finished(List.of(first, second)))).isEmpty();
    assertThat(server.row("SELECT COUNT(*) FROM c.made_once")).containsExactly("2");
  }

  private Job append(String table, String uri) {
    return server.client.create(
        JobInfo.of(
            LoadJobConfiguration.newBuilder(TableId.of("c", table), uri)
                .setFormatOptions(CsvOptions.newBuilder().build())
                .setSchema(SCHEMA)
                .build()));
  }

  @Test
  void aRunningLoadIsCancelled() throws Exception {
    InputStream endless =
        new InputStream() {
          private int at;

          @Override
          public int read() {
            return "1,a\n".charAt(at++ & 3);
          }

          @Override
          public int read(byte[] target, int offset, int length) {
            for (int i = 0; i < length; i++) {
              target[offset + i] = (byte) read();
            }
            return length;
          }
        };
    CountDownLatch opened = new CountDownLatch(1);
    server.files.put(
        "gs://b/endless.csv",
        () -> {
          opened.countDown();
          return endless;
        });
    Job job = append("endless", "gs://b/endless.csv");
    assertThat(opened.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(job.cancel()).isTrue();
    assertThat(server.ended(job).getStatus().getError().getReason()).isEqualTo("stopped");
    assertThat(server.client.getTable(TableId.of("c", "endless"))).isNull();
  }

  @Test
  void aJobEndsAtItsTimeLimit() throws Exception {
    Job job =
        server.client.create(
            JobInfo.of(QueryJobConfiguration.newBuilder(ENDLESS).setJobTimeoutMs(20L).build()));
    assertThat(finished(List.of(job)).get(0).getStatus().getError().getReason())
        .isEqualTo("stopped");
  }

  @Test
  void aRunningJobIsCancelled() throws Exception {
    Job job = start(ENDLESS);
    assertThat(job.cancel()).isTrue();
    Job ended = finished(List.of(job)).get(0);
    assertThat(ended.getStatus().getError().getReason()).isEqualTo("stopped");
  }
}
