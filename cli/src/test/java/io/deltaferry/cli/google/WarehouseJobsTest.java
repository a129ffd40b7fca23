package io.deltaferry.cli.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.JobId;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.gcp.BigQueryWarehouse;
import io.deltaferry.sql.Statement;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A job's name stands for work, which is done once however often it is asked for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WarehouseJobsTest {
  private LocalGoogle google;
  private BigQueryWarehouse warehouse;

  @BeforeAll
  void start(@TempDir Path directory) throws SQLException {
    google = new LocalGoogle(directory);
    google.bigQuery().create(DatasetInfo.of("jobs"));
    warehouse = google.warehouse(Duration.ofMinutes(1));
  }

  @AfterAll
  void stop() {
    google.close();
  }

  @Test
  void workOfOneNameIsDoneOnce() {
    query("CREATE TABLE jobs.once (n INT64)");
    insert("df_once", "once");
    insert("df_once", "once");
    assertThat(count("once")).isEqualTo("1");
    insert("df_another", "once");
    assertThat(count("once")).isEqualTo("2");
  }

  /** A missing table may be one that was made a moment ago; the failed job keeps its name. */
  @Test
  void whatFailedForAPassingReasonIsDoneUnderTheNextName() {
    assertThat(failure("df_early", "early")).isEqualTo(ErrorCode.WAREHOUSE_UNAVAILABLE);
    query("CREATE TABLE jobs.early (n INT64)");
    insert("df_early", "early");
    insert("df_early", "early");
    assertThat(count("early")).isEqualTo("1");
    assertThat(google.bigQuery().getJob(JobId.of("df_early_a2"))).isNotNull();
    assertThat(google.bigQuery().getJob(JobId.of("df_early_a3"))).isNull();
  }

  /** The same again would fail the same way. */
  @Test
  void whatFailedForItsContentIsNotTriedAgain() {
    query("CREATE TABLE jobs.text (n STRING)");
    assertThat(failure("df_refused", "text")).isEqualTo(ErrorCode.WAREHOUSE_REFUSED);
    assertThat(failure("df_refused", "text")).isEqualTo(ErrorCode.WAREHOUSE_REFUSED);
    assertThat(google.bigQuery().getJob(JobId.of("df_refused_a2"))).isNull();
  }

  /** A delivery has to end; the next one finds the job at work or done. */
  @Test
  void aJobThatOutlastsItsCallerIsFoundAgain() {
    query("CREATE TABLE jobs.slow (n INT64)");
    Statement slow =
        Statement.of(
            """
            INSERT INTO jobs.slow (n)
            SELECT SUM(MOD(a * b, 7)) FROM UNNEST(GENERATE_ARRAY(1, 20000)) AS a
            CROSS JOIN UNNEST(GENERATE_ARRAY(1, 1500)) AS b\
            """);
    DeltaferryException late =
        catchThrowableOfType(
            DeltaferryException.class,
            () -> google.warehouse(Duration.ZERO).runScript("df_slow", slow));
    assertThat(late.code()).isEqualTo(ErrorCode.WAREHOUSE_JOB_RUNNING);
    assertThat(late).hasMessageContaining("still runs after PT0S");
    warehouse.runScript("df_slow", slow);
    assertThat(count("slow")).isEqualTo("1");
    assertThat(google.bigQuery().getJob(JobId.of("df_slow_a2"))).isNull();
  }

  private void insert(String name, String table) {
    warehouse.runScript(name, Statement.of("INSERT INTO jobs.%s (n) VALUES (1)".formatted(table)));
  }

  private @Nullable ErrorCode failure(String name, String table) {
    DeltaferryException failure =
        catchThrowableOfType(DeltaferryException.class, () -> insert(name, table));
    return failure == null ? null : failure.code();
  }

  private void query(String sql) {
    warehouse.query(Statement.of(sql));
  }

  private @Nullable String count(String table) {
    return warehouse.query(Statement.of("SELECT COUNT(*) AS n FROM jobs." + table)).get(0).get("n");
  }
}
