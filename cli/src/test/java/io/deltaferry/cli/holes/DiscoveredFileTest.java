package io.deltaferry.cli.holes;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.cli.CommandRun;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.table.TableCatalog;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.TableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code discover} proposes for a real database is read, and its tables are synced by it. */
@Timeout(180)
class DiscoveredFileTest {
  private static final Bench BENCH = Bench.shared();
  private static final Map<String, String> LOGIN =
      Map.of("DELTAFERRY_SOURCE_USER", "me", "DELTAFERRY_SOURCE_PASSWORD", "secret");

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it first
  private Path directory;

  @BeforeAll
  static void fill() {
    BENCH.postgres.run(
        "CREATE SCHEMA school",
        "CREATE SCHEMA \"Old School\"",
        "CREATE TYPE school.mood AS ENUM ('fine', 'tired')",
        """
        CREATE TABLE school.pupils (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name varchar(40),
          mood school.mood, marks numeric(5, 2)[], extra jsonb, created_at timestamptz DEFAULT now(),
          updated_at timestamptz NOT NULL DEFAULT now())""",
        "CREATE INDEX ON school.pupils (updated_at)",
        "INSERT INTO school.pupils (name, mood) SELECT 'p' || n, 'fine' FROM generate_series(1, 40) n",
        """
        CREATE TABLE "Old School"."Class.Rooms" ("Floor" int, no int, "Last Changed" timestamp(3)
          NOT NULL, PRIMARY KEY (no, "Floor"))""",
        "INSERT INTO \"Old School\".\"Class.Rooms\" SELECT 1, n, now() FROM generate_series(1, 7) n",
        """
        CREATE TABLE school.visits (id bigint NOT NULL, day date NOT NULL, modified timestamptz
          DEFAULT now(), PRIMARY KEY (id, day)) PARTITION BY RANGE (day)""",
        "CREATE TABLE school.visits_all PARTITION OF school.visits DEFAULT",
        "INSERT INTO school.visits SELECT n, '2024-01-01'::date + n FROM generate_series(1, 30) n",
        "CREATE TABLE school.marks (pupil int, mark int)",
        "INSERT INTO school.marks VALUES (1, 1), (1, 1), (2, NULL)");
  }

  @Test
  void theProposalIsReadAsItIsAndItsTablesAreSynced() throws IOException {
    Path proposal = directory.resolve("tables.yaml");
    CommandRun run =
        discover("--schema", "school", "--schema", "Old School", "--output", proposal.toString());
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).isEmpty();
    String text = Files.readString(proposal);
    assertThat(text)
        .doesNotContain(BENCH.postgres.password(), BENCH.postgres.config().user() + ":");
    TableFile file = TableCatalog.read(proposal, LOGIN);
    assertThat(file.tables())
        .extracting(TableConfig::name)
        .containsExactly("Class_Rooms", "marks", "pupils", "visits");
    Path deployed =
        Files.writeString(
            directory.resolve("deployed.yaml"),
            text.replace(
                "  dataset: target\n",
                "  dataset: target\n  staging_dataset: staging\n  control_dataset: control\n"));
    for (TableConfig table : file.tables()) {
      Line line = new Line(BENCH, table.name(), deployed);
      line.sync();
      assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
      assertThat(line.rows("SELECT COUNT(*) FROM target.`%s`"))
          .isEqualTo(BENCH.postgres.column("SELECT count(*) FROM " + table.source()));
    }
  }

  @Test
  void aFileThatExistsIsLeftAlone() throws IOException {
    Path precious = Files.writeString(directory.resolve("precious.yaml"), "mine");
    CommandRun run = discover("--schema", "school", "--output", precious.toString());
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("precious.yaml: exists");
    assertThat(Files.readString(precious)).isEqualTo("mine");
  }

  @Test
  void schemasThatDoNotExistOrAreEmptyAreSaid() {
    assertThat(discover("--schema", "shcool").err())
        .isEqualTo(
            "deltaferry: SOURCE_MISSING: the source database has no schema 'shcool', did you mean"
                + " 'school'?\n");
    BENCH.postgres.run("CREATE SCHEMA IF NOT EXISTS hollow");
    assertThat(discover("--schema", "hollow").err()).contains("there is no table in schema hollow");
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsSaidWithoutItsLogin() {
    CommandRun run =
        CommandRun.of("discover", "--source", "postgresql://me:hush-hush@127.0.0.1:1/none");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("deltaferry: SOURCE_UNAVAILABLE: ")
        .doesNotContain("hush-hush");
    CommandRun odd = CommandRun.of("discover", "--source", "mysql://me:hush-hush@h/d");
    assertThat(odd.err()).contains("must have the form").doesNotContain("hush-hush");
  }

  private static CommandRun discover(String... options) {
    return CommandRun.of(
        Stream.concat(
                List.of(
                    "discover",
                    "--source",
                    BENCH.sourceUrl(),
                    "--project",
                    Bench.PROJECT,
                    "--dataset",
                    "target",
                    "--bucket",
                    Bench.BUCKET)
                    .stream(),
                Stream.of(options))
            .toArray(String[]::new));
  }
}
