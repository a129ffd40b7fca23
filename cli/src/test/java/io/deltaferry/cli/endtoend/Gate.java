package io.deltaferry.cli.endtoend;

import io.deltaferry.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Holds a COPY fast in the midst of its rows, until it is opened. */
final class Gate implements AutoCloseable {
  private static final int LOCK = 7391;

  /** Waits at one row of a COPY for the lock that a shut gate holds. */
  private static final String FUNCTION =
      """
      CREATE OR REPLACE FUNCTION public.gate(id int, at int) RETURNS boolean LANGUAGE plpgsql AS $$
      BEGIN
        IF id = at AND current_query() LIKE 'COPY%%' THEN
          PERFORM pg_advisory_xact_lock_shared(%d);
        END IF;
        RETURN true;
      END $$"""
          .formatted(LOCK);

  private final TestPostgres postgres;
  private final Connection session;

  private Gate(TestPostgres postgres, Connection session) {
    this.postgres = postgres;
    this.session = session;
  }

  static Gate shut(TestPostgres postgres) {
    postgres.run(FUNCTION);
    try {
      Connection session = postgres.admin();
      try (Statement statement = session.createStatement()) {
        statement.execute("SELECT pg_advisory_lock(" + LOCK + ")");
      }
      return new Gate(postgres, session);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Moves the table's rows behind a view of its name that stops at this row. */
  void into(String table, int row) {
    postgres.run(
        "ALTER TABLE public.%1$s RENAME TO %1$s_rows".formatted(table),
        "CREATE VIEW public.%1$s AS SELECT * FROM public.%1$s_rows WHERE public.gate(id, %2$d)"
            .formatted(table, row));
  }

  /** Lets the COPY go on. */
  void open() {
    try {
      session.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    open();
  }
}
