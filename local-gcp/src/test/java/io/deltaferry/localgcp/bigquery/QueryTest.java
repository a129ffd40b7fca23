package io.deltaferry.localgcp.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryError;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.ConnectionProperty;
import com.google.cloud.bigquery.DatasetId;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobStatistics;
import com.google.cloud.bigquery.JobStatistics.QueryStatistics;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.QueryParameterValue;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableInfo;
import com.google.cloud.bigquery.TableResult;
import com.google.cloud.bigquery.TimePartitioning;
import com.google.cloud.bigquery.ViewDefinition;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryTest {
  private LocalServer server;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    server = new LocalServer(directory).withDataset("q");
    server.run("CREATE TABLE q.people (id INT64 NOT NULL, name STRING, born DATE)");
    server.run(
        "INSERT INTO q.people (id, name, born) VALUES (1, 'Ada', DATE '1815-12-10'),"
            + " (2, NULL, NULL), (3, 'Bo', DATE '2000-01-01')");
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
  }

  @Test
  void rowsComeBackWithTheirSchemaInTheirOrder() throws Exception {
    TableResult result =
        server.client.query(
            QueryJobConfiguration.of("SELECT id, name FROM q.people ORDER BY id DESC"));
    assertThat(Objects.requireNonNull(result.getSchema()).getFields())
        .extracting(Field::getName)
        .containsExactly("id", "name");
    assertThat(server.rows("SELECT id, name FROM q.people ORDER BY id DESC"))
        .containsExactly(
            List.of("3", "Bo"), java.util.Arrays.asList("2", null), List.of("1", "Ada"));
  }

  @Test
  void aJobsRowsArePagedFromItsAnonymousTable() throws Exception {
    Job job = server.run("SELECT n FROM UNNEST(GENERATE_ARRAY(1, 2500)) AS n ORDER BY n");
    TableResult result = job.getQueryResults(BigQuery.QueryResultsOption.pageSize(1000));
    assertThat(result.getTotalRows()).isEqualTo(2500);
    long expected = 1;
    for (var row : result.iterateAll()) {
      assertThat(row.get(0).getLongValue()).isEqualTo(expected++);
    }
    assertThat(expected).isEqualTo(2501);
  }

  @Test
  void parametersAreBoundByNameAndByPosition() throws Exception {
    TableResult named =
        server.client.query(
            QueryJobConfiguration.newBuilder("SELECT name FROM q.people WHERE id = @id")
                .addNamedParameter("id", QueryParameterValue.int64(3))
                .build());
    assertThat(named.iterateAll().iterator().next().get(0).getStringValue()).isEqualTo("Bo");
    TableResult positional =
        server.client.query(
            QueryJobConfiguration.newBuilder("SELECT ?, ?")
                .addPositionalParameter(QueryParameterValue.string("x'y"))
                .addPositionalParameter(
                    QueryParameterValue.numeric(new java.math.BigDecimal("1.5")))
                .build());
    var row = positional.iterateAll().iterator().next();
    assertThat(row.get(0).getStringValue()).isEqualTo("x'y");
    assertThat(row.get(1).getNumericValue()).isEqualByComparingTo("1.5");
  }

  @Test
  void statisticsSayWhatAStatementDid() throws Exception {
    server.run("CREATE OR REPLACE TABLE q.counted AS SELECT id, name FROM q.people");
    Job update = server.run("UPDATE q.counted SET name = 'x' WHERE id > 1");
    QueryStatistics updated = update.getStatistics();
    assertThat(updated.getStatementType()).isEqualTo(QueryStatistics.StatementType.UPDATE);
    assertThat(updated.getNumDmlAffectedRows()).isEqualTo(2);
    assertThat(updated.getDmlStats().getUpdatedRowCount()).isEqualTo(2);
    Job merge =
        server.run(
            "MERGE q.counted AS t USING (SELECT 2 AS id, 'two' AS name UNION ALL SELECT 9, 'nine')"
                + " AS s ON t.id = s.id WHEN MATCHED THEN UPDATE SET name = s.name"
                + " WHEN NOT MATCHED THEN INSERT (id, name) VALUES (s.id, s.name)"
                + " WHEN NOT MATCHED BY SOURCE AND t.id = 1 THEN DELETE");
    QueryStatistics merged = merge.getStatistics();
    assertThat(merged.getDmlStats().getInsertedRowCount()).isEqualTo(1);
    assertThat(merged.getDmlStats().getUpdatedRowCount()).isEqualTo(1);
    assertThat(merged.getDmlStats().getDeletedRowCount()).isEqualTo(1);
    assertThat(merged.getNumDmlAffectedRows()).isEqualTo(3);
    assertThat(merged.getReferencedTables())
        .containsExactly(TableId.of(LocalServer.PROJECT, "q", "counted"));
    QueryStatistics select = server.run("SELECT COUNT(*) FROM q.people").getStatistics();
    assertThat(select.getReferencedTables())
        .containsExactly(TableId.of(LocalServer.PROJECT, "q", "people"));
    assertThat(select.getTotalBytesProcessed()).isEqualTo(3 * 8 + 5 + 4 + 2 * 8);
    assertThat(select.getTotalBytesBilled()).isEqualTo(10L << 20);
    assertThat(select.getCacheHit()).isFalse();
    QueryStatistics drop = server.run("DROP TABLE q.counted").getStatistics();
    assertThat(drop.getDdlOperationPerformed()).isEqualTo("DROP");
    assertThat(drop.getDdlTargetTable().getTable()).isEqualTo("counted");
  }

  @Test
  void aDryRunSaysWhatItWouldReadAndDoesNothing() throws Exception {
    QueryJobConfiguration dry =
        QueryJobConfiguration.newBuilder("SELECT name FROM q.people").setDryRun(true).build();
    Job job = server.client.create(JobInfo.of(dry));
    JobStatistics.QueryStatistics statistics = job.getStatistics();
    assertThat(statistics.getTotalBytesProcessed()).isPositive();
    assertThat(Objects.requireNonNull(statistics.getSchema()).getFields())
        .extracting(Field::getName)
        .containsExactly("name");
    assertThatThrownBy(
            () ->
                server.client.create(
                    JobInfo.of(
                        QueryJobConfiguration.newBuilder("SELECT nothing FROM q.people")
                            .setDryRun(true)
                            .build())))
        .isInstanceOfSatisfying(
            BigQueryException.class,
            e -> {
              assertThat(e.getCode()).isEqualTo(400);
              assertThat(e.getError().getReason()).isEqualTo("invalidQuery");
            });
  }

  @Test
  void aDestinationTableFollowsItsDispositions() throws Exception {
    QueryJobConfiguration.Builder query =
        QueryJobConfiguration.newBuilder("SELECT id, name FROM q.people")
            .setDestinationTable(TableId.of("q", "dest"));
    server.run(query.build());
    assertThatThrownBy(() -> server.run(query.build()))
        .hasMessageContaining("Already Exists: Table proj-1:q.dest");
    server.run(query.setWriteDisposition(JobInfo.WriteDisposition.WRITE_APPEND).build());
    assertThat(server.row("SELECT COUNT(*) FROM q.dest")).containsExactly("6");
    server.run(
        QueryJobConfiguration.newBuilder("SELECT id FROM q.dest WHERE id = 1")
            .setDestinationTable(TableId.of("q", "dest"))
            .setWriteDisposition(JobInfo.WriteDisposition.WRITE_TRUNCATE)
            .build());
    assertThat(server.rows("SELECT * FROM q.dest")).containsExactly(List.of("1"), List.of("1"));
  }

  @Test
  void costsAreCapped() {
    assertThatThrownBy(
            () ->
                server.run(
                    QueryJobConfiguration.newBuilder("SELECT * FROM q.people")
                        .setMaximumBytesBilled(1000L)
                        .build()))
        .hasMessageContaining(
            "Query exceeded limit for bytes billed: 1000. 10485760 or higher required.");
    assertThatThrownBy(
            () ->
                server.run(
                    QueryJobConfiguration.newBuilder(
                            "CREATE TABLE q.dear AS SELECT * FROM q.people")
                        .setMaximumBytesBilled(1000L)
                        .build()))
        .hasMessageContaining("Query exceeded limit for bytes billed");
  }

  @Test
  void theDefaultDatasetResolvesShortNames() throws Exception {
    Job job =
        server.run(
            QueryJobConfiguration.newBuilder("SELECT COUNT(*) FROM people")
                .setDefaultDataset(DatasetId.of("q"))
                .setLabels(Map.of("stage", "merge"))
                .build());
    assertThat(job.getQueryResults().iterateAll().iterator().next().get(0).getLongValue())
        .isEqualTo(3);
    QueryJobConfiguration kept = server.client.getJob(job.getJobId()).getConfiguration();
    assertThat(kept.getLabels()).containsExactly(Map.entry("stage", "merge"));
  }

  @Test
  void aFailedQuerySaysWhyInTheJobAndInTheAnswer() throws Exception {
    Job failed =
        server.ended(
            server.client.create(JobInfo.of(QueryJobConfiguration.of("SELECT * FROM q.none"))));
    assertThat(failed.getStatus().getError().getReason()).isEqualTo("notFound");
    assertThat(failed.getStatus().getError().getMessage()).contains("proj-1:q.none");
    assertThatThrownBy(() -> server.client.query(QueryJobConfiguration.of("SELEC 1")))
        .isInstanceOfSatisfying(
            BigQueryException.class,
            e -> {
              assertThat(e.getCode()).isEqualTo(400);
              assertThat(e.getError().getReason()).isEqualTo("invalidQuery");
              assertThat(e.getMessage()).contains("[1:1]");
            });
    assertThatThrownBy(
            () ->
                server.client.query(
                    QueryJobConfiguration.newBuilder("SELECT 1").setUseLegacySql(true).build()))
        .hasMessageContaining("Legacy SQL");
    assertThatThrownBy(
            () ->
                server.run(
                    QueryJobConfiguration.newBuilder("SELECT 1")
                        .setConnectionProperties(
                            List.of(ConnectionProperty.of("time_zone", "Asia/Tokyo")))
                        .build()))
        .hasMessageContaining("query.connectionProperties is not supported here");
  }

  @Test
  void aMergeWithTwoMatchesForOneRowIsRefused() throws Exception {
    server.run("CREATE OR REPLACE TABLE q.twice AS SELECT 1 AS id, 'a' AS v");
    assertThatThrownBy(
            () ->
                server.run(
                    "MERGE q.twice AS t USING (SELECT 1 AS id, 'b' AS v UNION ALL SELECT 1, 'c')"
                        + " AS s ON t.id = s.id WHEN MATCHED THEN UPDATE SET v = s.v"))
        .hasMessageContaining("UPDATE/MERGE must match at most one source row for each target row");
  }

  @Test
  void aViewIsReadThroughAndKeepsItsText() throws Exception {
    TableId id = TableId.of("q", "adults");
    server.client.create(
        TableInfo.of(
            id,
            ViewDefinition.newBuilder("SELECT id, name FROM q.people WHERE born IS NOT NULL")
                .setUseLegacySql(false)
                .build()));
    assertThat(server.row("SELECT COUNT(*) FROM q.adults")).containsExactly("2");
    Table read = server.client.getTable(id);
    ViewDefinition view = read.getDefinition();
    assertThat(view.getQuery()).contains("born IS NOT NULL");
    assertThat(Objects.requireNonNull(view.getSchema()).getFields()).hasSize(2);
    server.client.delete(id);
    assertThat(server.client.getTable(id)).isNull();
  }

  @Test
  void theInformationSchemaListsTablesAndColumns() throws Exception {
    server.withDataset("info");
    server.run(
        "CREATE TABLE info.t (id INT64 NOT NULL, amount NUMERIC(10, 2), tags ARRAY<STRING>, d DATE)"
            + " PARTITION BY d CLUSTER BY id");
    assertThat(
            server.rows(
                "SELECT column_name, data_type, is_nullable, is_partitioning_column,"
                    + " clustering_ordinal_position FROM info.INFORMATION_SCHEMA.COLUMNS"
                    + " WHERE table_name = 't' ORDER BY ordinal_position"))
        .containsExactly(
            List.of("id", "INT64", "NO", "NO", "1"),
            java.util.Arrays.asList("amount", "NUMERIC(10, 2)", "YES", "NO", null),
            java.util.Arrays.asList("tags", "ARRAY<STRING>", "NO", "NO", null),
            java.util.Arrays.asList("d", "DATE", "YES", "YES", null));
    assertThat(
            server.row(
                "SELECT table_name, table_type FROM `proj-1.info.INFORMATION_SCHEMA.TABLES`"))
        .containsExactly("t", "BASE TABLE");
  }

  @Test
  void ddlKeepsWhatTheTableIs() throws Exception {
    server.run(
        "CREATE TABLE q.ddl (id INT64 NOT NULL OPTIONS (description = 'key'), d DATE,"
            + " PRIMARY KEY (id) NOT ENFORCED) PARTITION BY d CLUSTER BY id"
            + " OPTIONS (description = 'made', labels = [('a', 'b')])");
    server.run("ALTER TABLE q.ddl ADD COLUMN note STRING");
    server.run("INSERT INTO q.ddl (id, note) VALUES (1, 'n')");
    Table table = server.client.getTable(TableId.of("q", "ddl"));
    StandardTableDefinition definition = table.getDefinition();
    Schema schema = Objects.requireNonNull(definition.getSchema());
    assertThat(schema.getFields().get("id").getMode()).isEqualTo(Field.Mode.REQUIRED);
    assertThat(schema.getFields().get("id").getDescription()).isEqualTo("key");
    assertThat(schema.getFields().get("note").getType().getStandardType())
        .isEqualTo(StandardSQLTypeName.STRING);
    assertThat(definition.getTimePartitioning().getField()).isEqualTo("d");
    assertThat(definition.getTableConstraints().getPrimaryKey().getColumns()).containsExactly("id");
    assertThat(table.getDescription()).isEqualTo("made");
    assertThat(table.getLabels()).containsExactly(Map.entry("a", "b"));
    assertThat(table.getNumRows()).isEqualTo(1);
    assertThatThrownBy(() -> server.run("CREATE TABLE q.ddl (id INT64)"))
        .hasMessageContaining("Already Exists: Table proj-1:q.ddl");
    assertThatThrownBy(() -> server.run("INSERT INTO q.ddl (note) VALUES ('no id')"))
        .hasMessageContaining("Required field id cannot be null");
  }

  @Test
  void aTableIsReplacedByRowsReadFromItThroughAView() throws Exception {
    server.run("CREATE TABLE q.own AS SELECT n FROM UNNEST([1, 2, 3]) AS n");
    server.run("CREATE VIEW q.own_view AS SELECT n FROM q.own WHERE n > 1");
    server.run(
        QueryJobConfiguration.newBuilder("SELECT n FROM q.own_view")
            .setDestinationTable(TableId.of("q", "own"))
            .setWriteDisposition(JobInfo.WriteDisposition.WRITE_TRUNCATE)
            .build());
    assertThat(server.rows("SELECT n FROM q.own ORDER BY n"))
        .containsExactly(List.of("2"), List.of("3"));
  }

  @Test
  void anErrorIsNotTakenForAnotherBecauseOfTheWordsInIt() {
    assertThat(refusal("SELECT ERROR('interrupted')"))
        .satisfies(
            error -> {
              assertThat(error.getReason()).isEqualTo("invalidQuery");
              assertThat(error.getMessage()).contains("interrupted");
            });
    assertThat(refusal("SELECT ERROR('out of memory error')").getReason())
        .isEqualTo("invalidQuery");
  }

  private BigQueryError refusal(String sql) {
    return catchThrowableOfType(
            BigQueryException.class, () -> server.client.query(QueryJobConfiguration.of(sql)))
        .getError();
  }

  @Test
  void aQueryThatNeedsMoreStackThanThereIsEndsAsFailed() throws Exception {
    String deep = "SELECT " + "(".repeat(50_000) + "1" + ")".repeat(50_000);
    Job ended = server.ended(server.client.create(JobInfo.of(QueryJobConfiguration.of(deep))));
    assertThat(ended.getStatus().getError().getMessage()).contains("query is too complex");
  }

  @Test
  void thePartitionsExpirationIsSetAndCleared() throws Exception {
    server.run("CREATE TABLE q.aging (d DATE) PARTITION BY d");
    server.run("ALTER TABLE q.aging SET OPTIONS (partition_expiration_days = 2)");
    assertThat(partitioning("aging").getExpirationMs()).isEqualTo(2 * 86_400_000L);
    server.run("ALTER TABLE q.aging SET OPTIONS (partition_expiration_days = NULL)");
    assertThat(partitioning("aging").getExpirationMs()).isNull();
    assertThat(partitioning("aging").getField()).isEqualTo("d");
    server.run("CREATE TABLE q.ageless (d DATE)");
    assertThatThrownBy(
            () -> server.run("ALTER TABLE q.ageless SET OPTIONS (partition_expiration_days = 2)"))
        .hasMessageContaining("partition_expiration_days");
  }

  private TimePartitioning partitioning(String table) {
    return server
        .client
        .getTable(TableId.of("q", table))
        .<StandardTableDefinition>getDefinition()
        .getTimePartitioning();
  }

  @Test
  void aViewsColumnsAreNotAltered() throws Exception {
    server.run("CREATE VIEW q.fixed AS SELECT id FROM q.people");
    assertThatThrownBy(() -> server.run("ALTER TABLE q.fixed ADD COLUMN more STRING"))
        .hasMessageContaining(
            "proj-1:q.fixed is not allowed for this operation because it is currently a VIEW.");
    assertThat(server.rows("SELECT * FROM q.fixed ORDER BY id")).hasSize(3);
  }

  /** BigQuery reads what its tables have by now. */
  @Test
  void aViewShowsTheColumnsOfToday() throws Exception {
    server.run("CREATE TABLE q.old (id INT64, n INT64)");
    server.run("CREATE VIEW q.all_of_old AS SELECT * FROM q.old");
    server.run("CREATE VIEW q.above AS SELECT n FROM q.all_of_old");
    server.run("CREATE OR REPLACE TABLE q.old AS SELECT 1 AS id, 'x' AS n, TRUE AS more");
    assertThat(server.rows("SELECT n FROM q.all_of_old")).containsExactly(List.of("x"));
    assertThat(server.rows("SELECT * FROM q.all_of_old"))
        .containsExactly(List.of("1", "x", "true"));
    assertThat(server.rows("SELECT n FROM q.above")).containsExactly(List.of("x"));
  }

  @Test
  void aColumnsTypeBecomesAWiderOne() throws Exception {
    server.run(
        "CREATE TABLE q.wide (id INT64 NOT NULL, n INT64, m INT64, f INT64, p NUMERIC(10, 2),"
            + " s STRING(3))");
    server.run("INSERT INTO q.wide (id, n, m, f, p, s) VALUES (1, 7, 8, 9, 1.25, 'abc')");
    server.run("ALTER TABLE q.wide ALTER COLUMN N SET DATA TYPE NUMERIC");
    server.run("ALTER TABLE q.wide ALTER COLUMN m SET DATA TYPE BIGNUMERIC");
    server.run("ALTER TABLE q.wide ALTER COLUMN f SET DATA TYPE FLOAT64");
    server.run("ALTER TABLE q.wide ALTER COLUMN p SET DATA TYPE NUMERIC(14, 4)");
    server.run("ALTER TABLE q.wide ALTER COLUMN p SET DATA TYPE NUMERIC(14, 4)");
    server.run("ALTER TABLE q.wide ALTER COLUMN p SET DATA TYPE BIGNUMERIC");
    server.run("ALTER TABLE q.wide ALTER COLUMN s SET DATA TYPE STRING");
    server.run(
        "INSERT INTO q.wide (id, n, m, f, p, s) VALUES"
            + " (2, 0.5, BIGNUMERIC '0.00000000000000000001', 0.5, 123456789012, 'abcdef')");
    assertThat(server.rows("SELECT n, m, f, p, s FROM q.wide ORDER BY id"))
        .containsExactly(
            List.of("7", "8", "9.0", "1.25", "abc"),
            List.of("0.5", "0.00000000000000000001", "0.5", "123456789012", "abcdef"));
    assertThat(
            server.rows(
                "SELECT column_name, data_type FROM q.INFORMATION_SCHEMA.COLUMNS"
                    + " WHERE table_name = 'wide' ORDER BY ordinal_position"))
        .containsExactly(
            List.of("id", "INT64"),
            List.of("n", "NUMERIC"),
            List.of("m", "BIGNUMERIC"),
            List.of("f", "FLOAT64"),
            List.of("p", "BIGNUMERIC"),
            List.of("s", "STRING"));
  }

  @Test
  void aColumnsTypeBecomesNoOther() throws Exception {
    server.run(
        "CREATE TABLE q.kept (id INT64, d DATE, p NUMERIC(10, 2), n NUMERIC, s STRING(3))"
            + " PARTITION BY d CLUSTER BY id");
    for (String change :
        List.of(
            "p SET DATA TYPE NUMERIC(10, 3)",
            "p SET DATA TYPE NUMERIC(9, 2)",
            "p SET DATA TYPE INT64",
            "n SET DATA TYPE NUMERIC(38, 9)",
            "s SET DATA TYPE STRING(2)",
            "s SET DATA TYPE INT64",
            "id SET DATA TYPE STRING",
            "id SET DATA TYPE NUMERIC",
            "d SET DATA TYPE DATETIME",
            "d DROP NOT NULL",
            "nope DROP NOT NULL",
            "nope SET DATA TYPE STRING")) {
      assertThatThrownBy(() -> server.run("ALTER TABLE q.kept ALTER COLUMN " + change))
          .as(change)
          .isInstanceOf(BigQueryException.class);
    }
    assertThat(
            server.rows(
                "SELECT data_type FROM q.INFORMATION_SCHEMA.COLUMNS"
                    + " WHERE table_name = 'kept' ORDER BY ordinal_position"))
        .containsExactly(
            List.of("INT64"),
            List.of("DATE"),
            List.of("NUMERIC(10, 2)"),
            List.of("NUMERIC"),
            List.of("STRING(3)"));
  }

  @Test
  void aRequiredColumnBecomesNullable() throws Exception {
    server.run("CREATE TABLE q.relaxed (id INT64 NOT NULL, n INT64 NOT NULL)");
    server.run("ALTER TABLE q.relaxed ALTER COLUMN n DROP NOT NULL");
    server.run("INSERT INTO q.relaxed (id) VALUES (1)");
    assertThatThrownBy(() -> server.run("INSERT INTO q.relaxed (n) VALUES (1)"))
        .hasMessageContaining("Required field id cannot be null");
  }

  @Test
  void aTableThatRequiresAFilterOnItsPartitionsIsReadWithOne() throws Exception {
    server.run(
        "CREATE TABLE q.filtered (id INT64, d DATE) PARTITION BY d"
            + " OPTIONS (require_partition_filter = true)");
    server.run("INSERT INTO q.filtered (id, d) VALUES (1, DATE '2024-01-01'), (2, NULL)");
    for (String refused :
        List.of(
            "SELECT COUNT(*) FROM q.filtered",
            "SELECT COUNT(*) FROM q.filtered WHERE id = 1",
            "SELECT COUNT(*) FROM q.filtered WHERE d IS NULL OR id = 1",
            "SELECT COUNT(*) FROM q.filtered AS f JOIN q.people AS p ON f.d = p.born",
            "UPDATE q.filtered SET id = 3 WHERE TRUE",
            "DELETE FROM q.filtered WHERE id = 1",
            "MERGE q.filtered AS t USING q.people AS s ON t.id = s.id AND t.d = s.born"
                + " WHEN MATCHED THEN UPDATE SET id = s.id")) {
      assertThatThrownBy(() -> server.run(refused))
          .as(refused)
          .hasMessageContaining("filtered' without a filter over column(s) 'd' that can be used");
    }
    server.run(
        "MERGE q.filtered AS t USING q.people AS s"
            + " ON t.id = s.id AND (t.d IS NULL OR t.d IS NOT NULL)"
            + " WHEN MATCHED THEN UPDATE SET d = s.born");
    server.run("UPDATE q.filtered SET id = 4 WHERE d IS NULL");
    server.run("DELETE FROM q.filtered WHERE d = DATE '2000-01-01'");
    assertThat(server.rows("SELECT id FROM q.filtered WHERE d > DATE '1800-01-01' OR d IS NULL"))
        .containsExactlyInAnyOrder(List.of("1"), List.of("4"));
  }
}
