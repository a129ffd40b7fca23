package io.deltaferry.localgcp.bigquery.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fence, data and ledger in one transaction: the script that must run exactly as on BigQuery. */
class MergeScriptTest {
  private static final String SCRIPT =
      """
      BEGIN TRANSACTION;
      UPDATE `p.c.state__t` SET seq = @seq, next_low = @next_low WHERE seq < @seq;
      ASSERT @@row_count = 1 AS 'another run was faster';
      MERGE `p.d.t` T
      USING (
        SELECT * FROM `p.d.t__7` AS S
        QUALIFY ROW_NUMBER() OVER (PARTITION BY k ORDER BY c DESC) = 1
      ) S
      ON T.k = S.k
      WHEN MATCHED THEN UPDATE SET v = S.v, c = S.c, T._uploaded_at = CURRENT_TIMESTAMP()
      WHEN NOT MATCHED THEN INSERT (k, v, c, _uploaded_at)
        VALUES (S.k, S.v, S.c, CURRENT_TIMESTAMP());
      INSERT INTO `p.c.sync_runs` (seq, rows_affected) VALUES (@seq, @@row_count);
      ASSERT (SELECT rows_affected FROM `p.c.sync_runs` WHERE seq = @seq)
        = (SELECT COUNT(DISTINCT k) FROM `p.d.t__7`) AS 'counts differ';
      COMMIT TRANSACTION;
      """;

  private TestEngine engine;

  @BeforeEach
  void tables() throws SQLException {
    engine = new TestEngine();
    engine.run(
        """
        CREATE TABLE p.c.state__t (seq INT64, next_low TIMESTAMP);
        INSERT INTO p.c.state__t VALUES (6, NULL);
        CREATE TABLE p.c.sync_runs (seq INT64, rows_affected INT64);
        CREATE TABLE p.d.t (k INT64 NOT NULL, v STRING, c TIMESTAMP, _uploaded_at TIMESTAMP);
        INSERT INTO p.d.t VALUES (1, 'old', '2024-01-01', NULL), (2, 'kept', '2024-01-01', NULL);
        CREATE TABLE p.d.t__7 (k INT64, v STRING, c TIMESTAMP);
        INSERT INTO p.d.t__7
          VALUES (1, 'new', '2024-02-02'), (1, 'older', '2024-02-01'), (3, '', '2024-02-03')
        """);
    engine.parameter("seq", "INT64", "7");
    engine.parameter("next_low", "TIMESTAMP", "2024-02-03 00:00:00+00");
  }

  @AfterEach
  void close() throws SQLException {
    engine.close();
  }

  @Test
  void mergesTheNewestRowOfEachKey() throws SQLException {
    engine.run(SCRIPT);
    assertThat(
            engine.run(
                "SELECT k, v, CAST(c AS STRING), CAST(_uploaded_at AS STRING) FROM d.t ORDER BY k"))
        .containsExactly(
            "1|new|2024-02-02 00:00:00+00|2024-03-10 11:12:13.456789+00",
            "2|kept|2024-01-01 00:00:00+00|null",
            "3||2024-02-03 00:00:00+00|2024-03-10 11:12:13.456789+00");
    assertThat(engine.run("SELECT seq, CAST(next_low AS STRING) FROM p.c.state__t"))
        .containsExactly("7|2024-02-03 00:00:00+00");
    assertThat(engine.run("SELECT * FROM p.c.sync_runs")).containsExactly("7|2");
  }

  @Test
  void fencesOutARunThatComesLate() throws SQLException {
    engine.run("UPDATE p.c.state__t SET seq = 9 WHERE TRUE");
    assertThatThrownBy(() -> engine.run(SCRIPT)).hasMessageContaining("another run was faster");
  }

  @Test
  void refusesMoreThanOneSourceRowForARow() {
    assertThatThrownBy(
            () ->
                engine.run(
                    "MERGE d.t USING d.t__7 S ON t.k = S.k WHEN MATCHED THEN UPDATE SET v = S.v"))
        .hasMessage("UPDATE/MERGE must match at most one source row for each target row");
  }

  /** CSV has no arrays, so that the merge makes them, in the one place where BigQuery lets it. */
  @Test
  void makesArraysWhereTheSourceIsRead() throws SQLException {
    engine.run(
        """
        CREATE TABLE p.d.lists (k INT64, l ARRAY<INT64>);
        CREATE TABLE p.d.lists__7 (k INT64, l JSON);
        INSERT INTO p.d.lists VALUES (1, [9]);
        INSERT INTO p.d.lists__7 VALUES (1, JSON '["3","1"]'), (2, JSON '[]'), (3, NULL)
        """);
    String clauses =
        " ON T.k = S.k WHEN MATCHED THEN UPDATE SET l = %1$s"
            + " WHEN NOT MATCHED THEN INSERT (k, l) VALUES (S.k, %1$s)";
    String array = "ARRAY(SELECT CAST(x AS INT64) FROM UNNEST(JSON_VALUE_ARRAY(S.l)) AS x)";
    engine.run(
        "MERGE p.d.lists T USING (SELECT * REPLACE (%s AS l) FROM p.d.lists__7 AS S) S"
                .formatted(array)
            + clauses.formatted("S.l"));
    assertThat(engine.run("SELECT k, TO_JSON_STRING(l) FROM d.lists ORDER BY k"))
        .containsExactly("1|[3,1]", "2|[]", "3|[]");

    assertThatThrownBy(
            () -> engine.run("MERGE p.d.lists T USING p.d.lists__7 S" + clauses.formatted(array)))
        .hasMessageContaining("Correlated subqueries are not supported");
    assertThatThrownBy(() -> engine.run("INSERT INTO d.lists VALUES (4, [1, NULL])"))
        .hasMessageContaining("Array cannot have a null element; error in writing field l");
  }
}
