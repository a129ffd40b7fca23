package io.deltaferry.localgcp.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.CopyJobConfiguration;
import com.google.cloud.bigquery.CsvOptions;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobConfiguration;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobInfo.WriteDisposition;
import com.google.cloud.bigquery.JobStatistics;
import com.google.cloud.bigquery.LoadJobConfiguration;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TimePartitioning;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoadJobTest {
  private static final Schema SCHEMA =
      Schema.of(
          Field.of("id", StandardSQLTypeName.INT64), Field.of("name", StandardSQLTypeName.STRING));

  private LocalServer server;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    server = new LocalServer(directory).withDataset("loads");
    server.files.put("gs://b/one.csv", "id,name\n1,a\n2,\n");
    server.files.put("gs://b/two.csv", "id,name\n3,\"\"\n");
    server.files.put("gs://b/bad.csv", "id,name\n4,d\nx,e\n");
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
  }

  private static LoadJobConfiguration.Builder load(String table, String... uris) {
    return LoadJobConfiguration.newBuilder(TableId.of("loads", table), List.of(uris))
        .setFormatOptions(CsvOptions.newBuilder().setSkipLeadingRows(1).build())
        .setSchema(SCHEMA);
  }

  private Job run(JobConfiguration configuration) throws InterruptedException {
    return server.run(configuration);
  }

  private long rows(String table) {
    return server.client.getTable(TableId.of("loads", table)).getNumRows().longValueExact();
  }

  @Test
  void aLoadCreatesItsTableAndCountsWhatItDid() throws Exception {
    Job job = run(load("counted", "gs://b/one.csv", "gs://b/two.csv").build());
    JobStatistics.LoadStatistics statistics = job.getStatistics();
    assertThat(statistics.getOutputRows()).isEqualTo(3);
    assertThat(statistics.getInputFiles()).isEqualTo(2);
    assertThat(statistics.getInputBytes()).isEqualTo(28);
    assertThat(statistics.getBadRecords()).isZero();
    assertThat(statistics.getEndTime()).isGreaterThanOrEqualTo(statistics.getStartTime());
    assertThat(rows("counted")).isEqualTo(3);
    // 8 bytes for each id, 2 + the text's for each name that is not NULL.
    assertThat(server.client.getTable(TableId.of("loads", "counted")).getNumBytes())
        .isEqualTo(3 * 8 + 3 + 2);
  }

  @Test
  void aWildcardTakesEveryObjectAndAnUnmatchedOneFails() throws Exception {
    run(load("wild", "gs://b/*o*.csv").build());
    assertThat(rows("wild")).isEqualTo(3);
    assertThatThrownBy(() -> run(load("wild", "gs://b/none*.csv").build()))
        .hasMessageContaining("Not found: URI gs://b/none*.csv");
  }

  @Test
  void writeDispositionsDoWhatTheySay() throws Exception {
    run(load("modes", "gs://b/one.csv").build());
    run(load("modes", "gs://b/two.csv").build());
    assertThat(rows("modes")).isEqualTo(3);
    assertThatThrownBy(
            () ->
                run(
                    load("modes", "gs://b/two.csv")
                        .setWriteDisposition(WriteDisposition.WRITE_EMPTY)
                        .build()))
        .hasMessageContaining("Already Exists: Table proj-1:loads.modes");
    run(
        load("modes", "gs://b/two.csv")
            .setWriteDisposition(WriteDisposition.WRITE_TRUNCATE)
            .build());
    assertThat(rows("modes")).isEqualTo(1);
    run(
        load("modes", "gs://b/one.csv")
            .setWriteDisposition(WriteDisposition.WRITE_TRUNCATE_DATA)
            .build());
    assertThat(rows("modes")).isEqualTo(2);
  }

  @Test
  void aBadRowFailsTheWholeLoadAndLeavesTheTableAsItWas() throws Exception {
    run(load("whole", "gs://b/one.csv").build());
    assertThatThrownBy(
            () ->
                run(
                    load("whole", "gs://b/two.csv", "gs://b/bad.csv")
                        .setWriteDisposition(WriteDisposition.WRITE_TRUNCATE)
                        .build()))
        .isInstanceOf(BigQueryException.class);
    assertThat(rows("whole")).isEqualTo(2);
    assertThatThrownBy(() -> run(load("fresh", "gs://b/bad.csv").build()))
        .isInstanceOf(BigQueryException.class);
    assertThat(server.client.getTable(TableId.of("loads", "fresh"))).isNull();
  }

  @Test
  void createNeverNeedsTheTable() {
    assertThatThrownBy(
            () ->
                run(
                    load("never", "gs://b/one.csv")
                        .setCreateDisposition(JobInfo.CreateDisposition.CREATE_NEVER)
                        .build()))
        .hasMessageContaining("Not found: Table proj-1:loads.never");
  }

  @Test
  void anAppendMustFitTheTableUnlessItMayAddColumns() throws Exception {
    run(load("narrow", "gs://b/one.csv").build());
    server.files.put("gs://b/wide.csv", "id,name,extra\n9,z,1.5\n");
    Schema wide =
        Schema.of(
            Field.of("id", StandardSQLTypeName.INT64),
            Field.of("name", StandardSQLTypeName.STRING),
            Field.of("extra", StandardSQLTypeName.NUMERIC));
    LoadJobConfiguration.Builder job = load("narrow", "gs://b/wide.csv").setSchema(wide);
    assertThatThrownBy(() -> run(job.build()))
        .hasMessageContaining("Cannot add fields (field: extra)");
    run(
        job.setSchemaUpdateOptions(List.of(JobInfo.SchemaUpdateOption.ALLOW_FIELD_ADDITION))
            .build());
    assertThat(rows("narrow")).isEqualTo(3);
  }

  @Test
  void aCopyIsAtomicAndFollowsItsDisposition() throws Exception {
    run(load("src", "gs://b/one.csv").build());
    TableId from = TableId.of("loads", "src");
    TableId to = TableId.of("loads", "dst");
    run(CopyJobConfiguration.of(to, from));
    assertThat(rows("dst")).isEqualTo(2);
    assertThatThrownBy(() -> run(CopyJobConfiguration.of(to, from)))
        .hasMessageContaining("Already Exists: Table proj-1:loads.dst");
    run(
        CopyJobConfiguration.newBuilder(to, List.of(from, from))
            .setWriteDisposition(WriteDisposition.WRITE_APPEND)
            .build());
    assertThat(rows("dst")).isEqualTo(6);
    run(
        CopyJobConfiguration.newBuilder(to, from)
            .setWriteDisposition(WriteDisposition.WRITE_TRUNCATE)
            .build());
    assertThat(rows("dst")).isEqualTo(2);
  }

  @Test
  void aJobIdIsTakenOnceEvenAcrossARestart() throws Exception {
    JobId id = JobId.of("df_load_once");
    server.client.create(JobInfo.of(id, load("once", "gs://b/one.csv").build())).waitFor();
    server.restart();
    // The client answers a duplicate id with the job that has it; the rows tell whether one ran.
    Job again =
        server.client.create(JobInfo.of(id, load("once", "gs://b/one.csv").build())).waitFor();
    assertThat(again.getJobId().getJob()).isEqualTo("df_load_once");
    assertThat(rows("once")).isEqualTo(2);
    assertThat(server.client.getJob(id).isDone()).isTrue();
  }

  @Test
  void aTableIsNeverEmptiedToCopyItselfOverItself() throws Exception {
    run(load("itself", "gs://b/one.csv").build());
    TableId id = TableId.of("loads", "itself");
    for (WriteDisposition emptying :
        List.of(WriteDisposition.WRITE_TRUNCATE, WriteDisposition.WRITE_TRUNCATE_DATA)) {
      assertThatThrownBy(
              () ->
                  run(
                      CopyJobConfiguration.newBuilder(id, id)
                          .setWriteDisposition(emptying)
                          .build()))
          .hasMessageContaining("Cannot copy a table over itself: proj-1:loads.itself");
    }
    assertThat(rows("itself")).isEqualTo(2);
  }

  @Test
  void aLoadThatNamesAnotherPartitioningThanTheTablesIsRefused() throws Exception {
    run(load("whole_table", "gs://b/one.csv").build());
    assertThatThrownBy(
            () ->
                run(
                    load("whole_table", "gs://b/two.csv")
                        .setTimePartitioning(TimePartitioning.of(TimePartitioning.Type.DAY))
                        .build()))
        .hasMessageContaining("Incompatible table partitioning specification");
  }
}
