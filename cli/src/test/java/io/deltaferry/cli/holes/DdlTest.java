package io.deltaferry.cli.holes;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.TableId;
import io.deltaferry.cli.CommandRun;
import io.deltaferry.message.SyncOutcome;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The DDL that is printed makes the very table that a first run makes. */
@Timeout(180)
class DdlTest {
  private static final Bench BENCH = Bench.shared();

  @Test
  void itsTableIsTheOneThatARunWouldMake() throws InterruptedException {
    Line made = line("ddl_made");
    made.sync();
    CommandRun run = ddl(line("ddl_printed"));
    assertThat(run.exit()).as(run.err()).isZero();
    BENCH.clients.bigQuery().query(QueryJobConfiguration.of(run.out()));
    assertThat(schema("ddl_printed")).isEqualTo(schema("ddl_made"));
  }

  @Test
  void aTableOfWhoseChangesALogTellsHasItsMarks() {
    Line line = Logged.line();
    String printed = ddl(line).out();
    assertThat(printed).contains("`_deleted` BOOL", "`_deleted_at` TIMESTAMP");
    Logged.write(line, "first", 1);
    line.sync();
    assertThat(schema(line.table).getFields())
        .extracting(Field::getName)
        .containsExactly("id", "v", "w", "_uploaded_at", "_deleted", "_deleted_at");
    assertThat(ddl(Logged.line("reconcile: {deletes: hard}")).out()).doesNotContain("_deleted");
  }

  @Test
  void aTableThatWasMadeBeforehandIsFilled() throws InterruptedException {
    Line line = line("ddl_first");
    BENCH.clients.bigQuery().query(QueryJobConfiguration.of(ddl(line).out()));
    line.sync();
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(line.rows("SELECT id FROM target.%s")).containsExactly("1");
  }

  @Test
  void aTableThatCannotBeSyncedIsSaidAndAnUnknownOneRefused() {
    Line lost = BENCH.over("ddl_lost", "source: public.ddl_lost");
    CommandRun run = ddl(lost);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).startsWith("deltaferry: ddl_lost: SOURCE_MISSING: ");
    CommandRun unknown = ddl(lost, "ddl_lots");
    assertThat(unknown.exit()).isEqualTo(2);
    assertThat(unknown.err()).contains("did you mean 'ddl_lost'?");
  }

  /** A table of many types with a row. */
  private static Line line(String name) {
    BENCH.postgres.run(
        """
        CREATE TABLE public.%s (id bigint PRIMARY KEY, "Odd Name" text, amount numeric(30, 12),
          price numeric(12, 2), day date, seen timestamp, tags text[], body jsonb, raw bytea, ok bool,
          ratio float8, updated_at timestamptz DEFAULT now())"""
            .formatted(name),
        "INSERT INTO public.%s (id) VALUES (1)".formatted(name));
    BENCH.postgres.run(
        "COMMENT ON COLUMN public.%s.amount IS E'Net\n\"without\" tax \\\\ duties'"
            .formatted(name));
    return BENCH.over(
        name,
        "source: public." + name,
        "run_id_column: _df_run",
        "descriptions: true",
        "partition_by: seen",
        "columns: {amount: {rename: net}, seen: {rename: seen_at}}");
  }

  private static Schema schema(String table) {
    return BENCH
        .clients
        .bigQuery()
        .getTable(TableId.of("target", table))
        .getDefinition()
        .getSchema();
  }

  private static CommandRun ddl(Line line, String... names) {
    return CommandRun.of(
        Stream.concat(
                Stream.of(
                    "ddl", "--tables", line.tableFile.toString(), "--source", BENCH.sourceUrl()),
                Stream.of(names))
            .toArray(String[]::new));
  }
}
