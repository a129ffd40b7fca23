package io.deltaferry.localgcp.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobStatistics;
import com.google.cloud.bigquery.JobStatistics.QueryStatistics;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.QueryParameterValue;
import com.google.cloud.bigquery.TableId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScriptTest {
  private static final String FENCED =
      """
      BEGIN TRANSACTION;
      UPDATE s.state SET seq = @seq WHERE seq < @seq;
      ASSERT @@row_count = 1 AS 'fenced';
      MERGE s.t AS t USING s.delta AS d ON t.id = d.id
        WHEN MATCHED THEN UPDATE SET v = d.v
        WHEN NOT MATCHED THEN INSERT (id, v) VALUES (d.id, d.v);
      INSERT INTO s.runs (seq, affected) VALUES (@seq, @@row_count);
      COMMIT TRANSACTION;
      """;

  private LocalServer server;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    server = new LocalServer(directory).withDataset("s");
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
  }

  @BeforeEach
  void tables() throws Exception {
    server.run("CREATE OR REPLACE TABLE s.state AS SELECT 1 AS seq");
    server.run("CREATE OR REPLACE TABLE s.t AS SELECT 1 AS id, 'old' AS v");
    server.run(
        "CREATE OR REPLACE TABLE s.delta AS SELECT 1 AS id, 'new' AS v UNION ALL SELECT 2, 'two'");
    server.run("CREATE OR REPLACE TABLE s.runs (seq INT64, affected INT64)");
  }

  private Job merge(long seq) throws InterruptedException {
    return server.run(
        QueryJobConfiguration.newBuilder(FENCED)
            .addNamedParameter("seq", QueryParameterValue.int64(seq))
            .build());
  }

  @Test
  void aTransactionCommitsAllOfItAndItsChildrenTellTheirCounts() throws Exception {
    Job job = merge(2);
    assertThat(server.rows("SELECT id, v FROM s.t ORDER BY id"))
        .containsExactly(List.of("1", "new"), List.of("2", "two"));
    assertThat(server.row("SELECT seq, affected FROM s.runs")).containsExactly("2", "2");
    assertThat(job.getStatistics().getNumChildJobs()).isEqualTo(6);
    List<Job> children = new ArrayList<>();
    server
        .client
        .listJobs(BigQuery.JobListOption.parentJobId(job.getJobId().getJob()))
        .iterateAll()
        .forEach(children::add);
    assertThat(children).hasSize(6);
    Job merge =
        children.stream()
            .filter(child -> type(child).equals(QueryStatistics.StatementType.MERGE))
            .findFirst()
            .orElseThrow();
    QueryStatistics statistics = merge.getStatistics();
    assertThat(statistics.getDmlStats().getInsertedRowCount()).isEqualTo(1);
    assertThat(statistics.getDmlStats().getUpdatedRowCount()).isEqualTo(1);
    assertThat(statistics.getParentJobId()).isEqualTo(job.getJobId().getJob());
    JobStatistics.ScriptStatistics script = statistics.getScriptStatistics();
    assertThat(script.getEvaluationKind()).isEqualTo("STATEMENT");
    assertThat(script.getStackFrames().get(0).getStartLine()).isEqualTo(4);
  }

  private static QueryStatistics.StatementType type(Job job) {
    return job.<QueryStatistics>getStatistics().getStatementType();
  }

  @Test
  void aFailedAssertionUndoesTheTransactionAndSaysWhere() throws Exception {
    assertThatThrownBy(() -> merge(1)).hasMessage("Assertion failed: fenced at [3:1]");
    assertThat(server.row("SELECT seq FROM s.state")).containsExactly("1");
    assertThat(server.rows("SELECT v FROM s.t")).containsExactly(List.of("old"));
    assertThat(server.rows("SELECT * FROM s.runs")).isEmpty();
  }

  @Test
  void rollbackAndAnEndWithoutCommitUndo() throws Exception {
    server.run("BEGIN TRANSACTION; DELETE FROM s.t WHERE TRUE; ROLLBACK TRANSACTION;");
    server.run("BEGIN TRANSACTION; DELETE FROM s.t WHERE TRUE;");
    assertThat(server.row("SELECT COUNT(*) FROM s.t")).containsExactly("1");
  }

  @Test
  void whatATransactionCannotDoIsRefused() {
    assertThatThrownBy(() -> server.run("BEGIN TRANSACTION; CREATE TABLE s.no (id INT64); COMMIT;"))
        .hasMessageContaining("not supported inside a transaction");
    assertThatThrownBy(() -> server.run("COMMIT TRANSACTION"))
        .hasMessageContaining("There is no active transaction");
    assertThatThrownBy(() -> server.run("BEGIN TRANSACTION; BEGIN TRANSACTION; COMMIT;"))
        .hasMessageContaining("already in progress");
  }

  @Test
  void statementsOutsideATransactionKeepWhatWasDoneBeforeAFailure() throws Exception {
    assertThatThrownBy(
            () -> server.run("INSERT INTO s.t (id, v) VALUES (7, 'x');\nSELECT 1/0 FROM s.t;"))
        .hasMessageContaining("at [2:");
    assertThat(server.row("SELECT COUNT(*) FROM s.t WHERE id = 7")).containsExactly("1");
  }

  @Test
  void theLastSelectsRowsAreTheScripts() throws Exception {
    Job job = server.run("SELECT 1 AS a; BEGIN TRANSACTION; SELECT 2 AS b; COMMIT TRANSACTION;");
    assertThat(job.getQueryResults().iterateAll().iterator().next().get("b").getLongValue())
        .isEqualTo(2);
  }

  @Test
  void aScriptHasNoDestinationTable() {
    assertThatThrownBy(
            () ->
                server.run(
                    QueryJobConfiguration.newBuilder("SELECT 1 AS a; SELECT 2 AS a;")
                        .setDestinationTable(TableId.of("s", "no_script"))
                        .build()))
        .hasMessageContaining("destinationTable cannot be set for scripts");
    assertThat(server.client.getTable(TableId.of("s", "no_script"))).isNull();
  }
}
