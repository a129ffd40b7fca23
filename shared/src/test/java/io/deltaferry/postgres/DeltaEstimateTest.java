package io.deltaferry.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.sql.Cursor;
import io.deltaferry.sql.DeltaQuery;
import io.deltaferry.sql.DeltaSource;
import io.deltaferry.sql.PgQuery;
import io.deltaferry.sql.PgTable;
import io.deltaferry.sql.Window;
import io.deltaferry.table.TableSchema;
import io.deltaferry.testing.TestPostgres;
import io.deltaferry.type.MappingOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DeltaEstimateTest {
  private static final PgTable ORDERS = PgTable.of("public", "orders");
  private static TestPostgres postgres;

  @BeforeAll
  static void start() {
    postgres = TestPostgres.create();
    postgres.run(
        "CREATE TABLE orders (id int PRIMARY KEY, at timestamptz NOT NULL) PARTITION BY RANGE (id)",
        "CREATE TABLE orders_low PARTITION OF orders FOR VALUES FROM (MINVALUE) TO (5000)",
        "CREATE TABLE orders_high PARTITION OF orders FOR VALUES FROM (5000) TO (MAXVALUE)",
        "INSERT INTO orders SELECT n, timestamptz '2026-01-01' + n * interval '1 second'"
            + " FROM generate_series(1, 10000) n",
        "ANALYZE orders");
  }

  @Test
  void everythingOfAllPartitions() {
    assertThat(estimate(ORDERS, null, null)).isEqualTo(10_000);
    assertThat(estimate(new PgQuery("SELECT * FROM orders"), null, null)).isEqualTo(10_000);
  }

  @Test
  void theWindowAndTheFilterCount() {
    assertThat(estimate(ORDERS, "2026-01-01 02:13:20+00", null)).isBetween(1_500L, 2_500L);
    assertThat(estimate(ORDERS, null, "id % 1000 = 7 -- a comment")).isBetween(1L, 100L);
  }

  @Test
  void readsNoRow() {
    assertThat(estimate(ORDERS, null, "1 / (id - id) = 0")).isNotNegative();
  }

  /** Who rewrites a table holds its lock; the plan of a run goes on meanwhile. */
  @Test
  void waitsForNobody() throws SQLException {
    try (Connection other = postgres.admin();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE");
      long began = System.nanoTime();
      assertThat(estimate(ORDERS, null, null)).isZero();
      assertThat(estimate(new PgQuery("SELECT * FROM orders"), null, null)).isZero();
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(50));
    }
  }

  @Test
  void leavesTheSessionAsItWas() {
    try (PostgresSession session = postgres.open()) {
      estimate(session, ORDERS, null, null);
      assertThat(session.text("SHOW lock_timeout", "asking")).contains("1min");
    }
  }

  @Test
  void aFilterThatIsWrongIsRefused() {
    DeltaferryException refused =
        catchThrowableOfType(
            DeltaferryException.class, () -> estimate(ORDERS, null, "no_such_column"));
    assertThat(refused.code()).isEqualTo(ErrorCode.COLUMN_MISSING);
    assertThat(refused).hasMessageContaining("orders");
  }

  private static long estimate(DeltaSource source, @Nullable String low, @Nullable String filter) {
    try (PostgresSession session = postgres.open()) {
      return estimate(session, source, low, filter);
    }
  }

  private static long estimate(
      PostgresSession session, DeltaSource source, @Nullable String low, @Nullable String filter) {
    // A query's columns cannot be asked for while its tables are locked.
    TableSchema schema = new CatalogReader(session).describe(ORDERS);
    DeltaQuery query =
        new DeltaQuery(
            source,
            schema.mappings(List.of(), MappingOptions.DEFAULT),
            Cursor.of("at", schema),
            Window.from(low),
            filter);
    return DeltaEstimate.rows(query, session);
  }
}
