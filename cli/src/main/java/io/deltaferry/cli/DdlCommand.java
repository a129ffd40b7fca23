package io.deltaferry.cli;

import io.deltaferry.cli.endpoint.Located;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.gcp.SecretVersions;
import io.deltaferry.plan.NewTarget;
import io.deltaferry.plan.PlannedDeletion;
import io.deltaferry.plan.PlannedTarget;
import io.deltaferry.plan.TargetLayouts;
import io.deltaferry.postgres.ConfiguredTable;
import io.deltaferry.postgres.PostgresSession;
import io.deltaferry.postgres.PostgresSource;
import io.deltaferry.sql.CreateTable;
import io.deltaferry.sql.Deletion;
import io.deltaferry.sql.TargetView;
import io.deltaferry.table.Comments;
import io.deltaferry.table.NewTable;
import io.deltaferry.table.ReconcileSettings;
import io.deltaferry.table.SyncMode;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.TableFile;
import io.deltaferry.table.TableRef;
import io.deltaferry.table.TableSchema;
import io.deltaferry.type.TypeMapping;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code deltaferry ddl}. */
@Command(
    name = "ddl",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = {
      "Prints the CREATE TABLE of targets, and the CREATE VIEW of views beside them, as a first run"
          + " would make them.",
      "",
      "Reads the source's catalog and nothing of BigQuery. Targets are made by the first run anyway;"
          + " this is for whoever wants to see, review or make them beforehand.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every statement was printed",
      "1:a table cannot be synced as it is, or the database does not answer; stderr says why",
      "2:the command line is wrong or names an unknown table"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  deltaferry ddl                                 all tables of the stack on ./.deltaferry",
      "  deltaferry ddl orders --tables tables.yaml > orders.sql"
    })
final class DdlCommand implements Callable<Integer> {
  private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(60);

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call
  private CommandSpec spec;

  @Mixin private final DeploymentOptions deployment = new DeploymentOptions();

  @Mixin private final SourceOption source = new SourceOption();

  @Mixin private final TableNames names = new TableNames();

  @Override
  public Integer call() {
    Located located = deployment.locate();
    TableFile tables = located.read(source.environment(located));
    List<String> asked = names.of(tables, null);
    PostgresSource database =
        new PostgresSource(tables.source(), SecretVersions.resolve(tables.source().password()));
    int code = ExitCode.OK;
    try (PostgresSession session = database.open(STATEMENT_TIMEOUT)) {
      for (String name : asked) {
        code = Math.max(code, print(tables, tables.requiredTable(name), session));
      }
    }
    return code;
  }

  /** One table's trouble is its own. */
  private int print(TableFile tables, TableConfig table, PostgresSession session) {
    PrintWriter out = spec.commandLine().getOut();
    try {
      out.println(statement(tables, table, new ConfiguredTable(table, session)));
      out.println();
      out.flush();
      return ExitCode.OK;
    } catch (DeltaferryException refused) {
      spec.commandLine()
          .getErr()
          .println(
              "deltaferry: %s: %s: %s"
                  .formatted(table.name(), refused.code(), refused.getMessage()));
      return ExitCode.FAILED;
    }
  }

  private static String statement(TableFile tables, TableConfig table, ConfiguredTable configured) {
    TableSchema schema = configured.schema();
    List<String> key =
        table.mode().needsKey() ? configured.key(schema) : configured.keyIfAny(schema);
    TableRef target =
        new TableRef(tables.target().project(), table.target().dataset(), table.target().table());
    List<TypeMapping> columns = configured.columns(schema, key);
    PlannedTarget shape =
        new PlannedTarget(
            List.of(),
            false,
            table.runIdColumn(),
            TargetLayouts.of(table, columns, key),
            table.shape().labels(),
            table.shape().descriptions() ? configured.comments() : Comments.NONE,
            marking(table),
            null);
    NewTable made = NewTarget.of(target, shape.brought(columns), key, shape, Map.of());
    return CreateTable.of(made) + view(table, made);
  }

  /** Below the table, where there is one. */
  private static String view(TableConfig table, NewTable made) {
    return table
        .viewKind()
        .map(kind -> TargetView.of(kind.beside(made.ref()), kind, made.made(Instant.EPOCH)))
        .map(view -> "\n\n" + view.statement().text() + ";")
        .orElse("");
  }

  /** A first run deletes nothing, and its target has the place to say so later. */
  private static @Nullable PlannedDeletion marking(TableConfig table) {
    ReconcileSettings settings = table.reconcile();
    return table.mode() == SyncMode.CHANGE_LOG
        ? new PlannedDeletion(
            new Deletion(settings.deletes(), settings.maxDeletes(), false, true), null)
        : null;
  }
}
