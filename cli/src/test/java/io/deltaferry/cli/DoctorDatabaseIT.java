package io.deltaferry.cli;

import io.deltaferry.cli.DoctorStack.Running;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One thing of the database is broken at a time; the SQL that doctor prints mends it. */
@ExtendWith(DoctorStack.class)
class DoctorDatabaseIT {
  private static final String ROOMS = "\"Clinic Rooms\".\"rooms\"";
  private static final String AUDIT = "\"Clinic Rooms\".\"audit\"";
  private static final String[] VISITS_HIDDEN = {
    "table visits/columns", "table visits/key", "table visits/cursor"
  };

  /**
   * Something that goes wrong.
   *
   * @param mend statements that are not doctor's to print
   */
  record Break(List<String> statements, Symptom symptom, List<String> mend) {
    @Override
    public String toString() {
      return statements.get(0);
    }
  }

  private static Break broken(Symptom symptom, String... statements) {
    return new Break(List.of(statements), symptom, List.of());
  }

  static Stream<Break> mendedBySql() {
    return Stream.of(
        broken(
            Symptom.missing(
                "table visits/source",
                "may not be read by the ferry",
                "sql GRANT SELECT ON TABLE \"clinic\".\"visits\" TO \"the ferry\";"),
            "REVOKE SELECT ON clinic.visits FROM \"the ferry\""),
        broken(
            Symptom.missing(
                "table rooms/source",
                "may not be read by the ferry",
                "sql GRANT SELECT ON TABLE " + ROOMS + " TO \"the ferry\";"),
            "REVOKE SELECT ON \"Clinic Rooms\".rooms FROM \"the ferry\"",
            // Not enough: the lock asks for the whole table.
            "GRANT SELECT (floor, number, changed_at) ON \"Clinic Rooms\".rooms TO \"the ferry\""),
        broken(
            Symptom.missing(
                "table visits/source",
                "its schema may not be used by the ferry",
                "sql GRANT USAGE ON SCHEMA \"clinic\" TO \"the ferry\";"),
            "REVOKE USAGE ON SCHEMA clinic FROM \"the ferry\""),
        broken(
            Symptom.missing(
                "table visits/source",
                "row-level security would hide rows",
                "sql ALTER ROLE \"the ferry\" BYPASSRLS;"),
            "ALTER TABLE clinic.visits ENABLE ROW LEVEL SECURITY"),
        broken(
            Symptom.warning(
                "table visits/cursor",
                "changed_at has no index",
                "sql CREATE INDEX CONCURRENTLY ON \"clinic\".\"visits\" (\"changed_at\");"),
            "DROP INDEX clinic.by_change"),
        broken(
            Symptom.missing(
                "table wards/change log",
                "may not be read by the ferry",
                "sql GRANT SELECT ON TABLE " + AUDIT + " TO \"the ferry\";"),
            "REVOKE SELECT ON \"Clinic Rooms\".audit FROM \"the ferry\""),
        broken(
            Symptom.warning(
                "table wards/change log",
                "nobody knows where " + AUDIT + " ends while it is empty",
                "sql GRANT SELECT ON SEQUENCE \"Clinic Rooms\".audit_nr_seq TO \"the ferry\";"),
            "REVOKE SELECT ON SEQUENCE \"Clinic Rooms\".audit_nr_seq FROM \"the ferry\""),
        broken(
            Symptom.warning(
                "table wards/change log",
                "nr of " + AUDIT + " has no index: every run reads the whole log",
                "sql CREATE INDEX CONCURRENTLY ON " + AUDIT + " (\"nr\");"),
            "DROP INDEX \"Clinic Rooms\".by_nr"),
        broken(
            Symptom.missing(
                "table rooms/key",
                "nothing proves that (floor, number) identifies a row",
                "sql ALTER TABLE " + ROOMS + " ALTER COLUMN \"number\" SET NOT NULL;",
                "sql CREATE UNIQUE INDEX ON " + ROOMS + " (\"floor\", \"number\");",
                "advice or set `assume_unique: true`: then every run looks for duplicates"),
            "DROP INDEX \"Clinic Rooms\".by_place",
            "ALTER TABLE \"Clinic Rooms\".rooms ALTER COLUMN number DROP NOT NULL"),
        broken(
            Symptom.warning(
                "database/open transactions",
                "those of other users are hidden",
                "sql GRANT pg_read_all_stats TO \"the ferry\";"),
            "REVOKE pg_read_all_stats FROM \"the ferry\""),
        broken(
            Symptom.warning(
                "database/open transactions",
                "not tracked",
                "sql ALTER SYSTEM SET track_activities = on;",
                "sql SELECT pg_reload_conf();"),
            "ALTER SYSTEM SET track_activities = off",
            "SELECT pg_reload_conf()"));
  }

  static Stream<Break> mendedOtherwise() {
    return Stream.of(
        new Break(
            List.of("ALTER TABLE clinic.visits RENAME TO visit"),
            Symptom.missing(
                    "table visits/source",
                    "no table or view \"clinic\".\"visits\"",
                    "advice write `source: clinic.visit` under tables.visits")
                .hiding(VISITS_HIDDEN),
            List.of("ALTER TABLE clinic.visit RENAME TO visits")),
        new Break(
            List.of("ALTER TABLE clinic.visits RENAME changed_at TO touched_at"),
            Symptom.missing(
                "table visits/cursor",
                "no column changed_at",
                "advice name the column that every change raises under `cursor` of tables.visits;"
                    + " it could be id, touched_at"),
            List.of("ALTER TABLE clinic.visits RENAME touched_at TO changed_at")),
        new Break(
            List.of("ALTER TABLE clinic.visits ADD COLUMN place regclass"),
            Symptom.missing(
                "table visits/columns",
                "TYPE_UNSUPPORTED",
                "advice column \"place\" has type regclass, which has no mapping to BigQuery: exclude the"
                    + " column, or set 'unknown_types: text' to stage its text as STRING"),
            List.of("ALTER TABLE clinic.visits DROP COLUMN place")),
        new Break(
            List.of("ALTER TABLE \"Clinic Rooms\".audit RENAME object_id TO object_key"),
            Symptom.missing(
                "table wards/change log",
                "does not fit",
                "advice tables.wards.change_log names columns that do not exist: \"object_id\" of"
                    + " \"Clinic Rooms\".audit; the log has nr, object_key, action"),
            List.of("ALTER TABLE \"Clinic Rooms\".audit RENAME object_key TO object_id")),
        new Break(
            List.of("ALTER TABLE \"Clinic Rooms\".audit RENAME TO trail"),
            Symptom.missing(
                "table wards/change log",
                "no table or view " + AUDIT,
                "advice correct `change_log.table` of tables.wards"),
            List.of("ALTER TABLE \"Clinic Rooms\".trail RENAME TO audit")),
        new Break(
            List.of("ALTER TABLE clinic.visits DROP CONSTRAINT visits_pkey"),
            Symptom.missing(
                "table visits/key",
                "no primary key",
                "advice name the columns that identify a row under `key` of tables.visits"),
            List.of("ALTER TABLE clinic.visits ADD PRIMARY KEY (id)")));
  }

  @ParameterizedTest
  @MethodSource
  void mendedBySql(Break broken, Running stack) {
    DoctorLines healthy = stack.lines();
    healthy.assertHealthy();
    broken.statements().forEach(stack::sql);
    DoctorLines ill = stack.lines();
    broken.symptom().assertSole(healthy, ill);
    ill.remedies(broken.symptom().line()).stream()
        .filter(remedy -> remedy.startsWith("sql "))
        .forEach(remedy -> stack.sql(remedy.substring("sql ".length())));
    stack.lines().assertHealthy();
  }

  @ParameterizedTest
  @MethodSource
  void mendedOtherwise(Break broken, Running stack) {
    DoctorLines healthy = stack.lines();
    healthy.assertHealthy();
    broken.statements().forEach(stack::sql);
    try {
      broken.symptom().assertSole(healthy, stack.lines());
    } finally {
      broken.mend().forEach(stack::sql);
    }
    stack.lines().assertHealthy();
  }

  @Test
  void aWrongPasswordHidesTheDatabaseAndNothingElse(Running stack) {
    DoctorLines healthy = stack.lines();
    Symptom.missing(
            "database/login",
            "password authentication failed",
            "advice correct source.user and source.password (PGPASSWORD for a local stack), or, in"
                + " psql as an administrator: \\password \"the ferry\"")
        .hiding(
            healthy.names().stream()
                .filter(
                    line ->
                        line.startsWith("database/")
                            || line.matches("table (visits|rooms|wards)/.*"))
                .filter(line -> !line.equals("database/login"))
                .toArray(String[]::new))
        .assertSole(healthy, stack.lines("another"));
  }
}
