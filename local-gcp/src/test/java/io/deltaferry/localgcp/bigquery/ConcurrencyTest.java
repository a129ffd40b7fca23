package io.deltaferry.localgcp.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConcurrencyTest {
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
      while (!job.isDone()) {
        Thread.sleep(10);
      }
      ended.add(server.client.getJob(job.getJobId()));
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
    Schema schema =
        Schema.of(
            Field.of("id", StandardSQLTypeName.INT64), Field.of("v", StandardSQLTypeName.STRING));
    List<Job> loads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      server.run("CREATE TABLE c.target" + i + " (id INT64, v STRING)");
      loads.add(
          server.client.create(
              JobInfo.of(
                  LoadJobConfiguration.newBuilder(TableId.of("c", "delta" + i), "gs://b/delta.csv")
                      .setFormatOptions(CsvOptions.newBuilder().build())
                      .setSchema(schema)
                      .build())));
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
    server.run("CREATE TABLE c.fought AS SELECT 1 AS id, 0 AS n");
    String script =
        """
        BEGIN TRANSACTION;
        UPDATE c.fought SET n = n + 1 WHERE TRUE;
        SELECT SUM(a * b) FROM UNNEST(GENERATE_ARRAY(1, 3000)) AS a,
          UNNEST(GENERATE_ARRAY(1, 3000)) AS b;
        COMMIT TRANSACTION;
        """;
    List<Job> jobs = List.of(start(script), start(script), start(script), start(script));
    List<Job> ended = finished(jobs);
    long committed = ended.stream().filter(job -> job.getStatus().getError() == null).count();
    assertThat(server.row("SELECT n FROM c.fought")).containsExactly(String.valueOf(committed));
    assertThat(committed).isBetween(1L, 4L);
    assertThat(errors(ended))
        .allSatisfy(
            message ->
                assertThat(message)
                    .startsWith(
                        "Transaction is aborted due to concurrent update against table"
                            + " proj-1:c.fought"));
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
  void aJobEndsAtItsTimeLimit() throws Exception {
    Job job =
        server.client.create(
            JobInfo.of(
                QueryJobConfiguration.newBuilder(
                        "SELECT COUNT(*) FROM UNNEST(GENERATE_ARRAY(1, 100000)) AS a,"
                            + " UNNEST(GENERATE_ARRAY(1, 100000)) AS b WHERE MOD(a * b, 7) = 3")
                    .setJobTimeoutMs(20L)
                    .build()));
    assertThat(finished(List.of(job)).get(0).getStatus().getError().getReason())
        .isEqualTo("stopped");
  }

  @Test
  void aRunningJobIsCancelled() throws Exception {
    Job job =
        start(
            "SELECT COUNT(*) FROM UNNEST(GENERATE_ARRAY(1, 100000)) AS a,"
                + " UNNEST(GENERATE_ARRAY(1, 100000)) AS b WHERE MOD(a * b, 7) = 3");
    assertThat(job.cancel()).isTrue();
    Job ended = finished(List.of(job)).get(0);
    assertThat(ended.getStatus().getError().getReason()).isEqualTo("stopped");
  }
}
