package io.deltaferry.cli.holes;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.cli.CommandRun;
import io.deltaferry.message.SyncOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A manifest that was converted carries what it carried before, and nothing that it left out. */
@Timeout(180)
class ImportedManifestTest {
  private static final Bench BENCH = Bench.shared();
  private static final String MANIFEST =
      """
      connection_info: {user: A_USER, pass: A_PASS, host: A_HOST, database: A_NAME, port: A_PORT}
      tables:
        imported_notes:
          import_db: SHOP_DB
          import_query: >
            SELECT id
            , v
            FROM imported_notes
            WHERE updated_at BETWEEN '{EXECUTION_DATE}'::timestamp - interval '{HOURS} hours'
              AND '{EXECUTION_DATE}'::timestamp AND id > 1
          export_schema: target
          export_table: imported_notes
          export_table_primary_key: id
        imported_copies:
          import_db: SHOP_DB
          import_query: SELECT id, v FROM imported_notes
          export_schema: target
          export_table: imported_copies
          export_table_primary_key: id
      """;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it first
  private Path directory;

  @Test
  void itsTablesAreSynced() throws IOException {
    BENCH.postgres.run(
        """
        CREATE TABLE imported_notes (id int PRIMARY KEY, v text, secret text,
          updated_at timestamptz DEFAULT now())""",
        "INSERT INTO imported_notes SELECT n, 'v', 's' FROM generate_series(1, 3) n");
    Path manifest = Files.writeString(directory.resolve("manifest.yaml"), MANIFEST);
    CommandRun run =
        CommandRun.of("import-manifest", manifest.toString(), "--source", BENCH.sourceUrl());
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    Path tables =
        Files.writeString(
            directory.resolve("tables.yaml"),
            run.out()
                .replace("my-project-deltas", Bench.BUCKET)
                .replace(
                    "project: my-project",
                    "project: %s\n  staging_dataset: staging\n  control_dataset: control"
                        .formatted(Bench.PROJECT)));
    Line notes = synced("imported_notes", tables);
    BENCH.postgres.run("UPDATE imported_notes SET v = 'w', updated_at = now() WHERE id = 2");
    notes.sync();
    assertThat(notes.rows("SELECT CONCAT(CAST(id AS STRING), v) FROM target.%s ORDER BY id"))
        .containsExactly("2w", "3v");
    assertThat(columns(notes)).containsExactly("id", "v", "updated_at", "_uploaded_at");
    Line copies = synced("imported_copies", tables);
    copies.sync();
    assertThat(copies.rows("SELECT COUNT(*) FROM target.%s")).containsExactly("6");
    assertThat(columns(copies)).containsExactly("id", "v", "_uploaded_at");
  }

  private static Line synced(String table, Path tables) {
    Line line = new Line(BENCH, table, tables);
    line.sync();
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    return line;
  }

  private static List<String> columns(Line line) {
    return line.rows(
        "SELECT column_name FROM target.INFORMATION_SCHEMA.COLUMNS WHERE table_name = '%s'"
            + " ORDER BY ordinal_position");
  }
}
