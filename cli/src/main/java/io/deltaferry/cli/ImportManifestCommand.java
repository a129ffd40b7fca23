package io.deltaferry.cli;

import io.deltaferry.cli.endpoint.DatabaseUrl;
import io.deltaferry.cli.manifest.ConvertManifest;
import io.deltaferry.cli.manifest.Manifest;
import io.deltaferry.cli.manifest.ReadManifest;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.gcp.SecretVersions;
import io.deltaferry.postgres.CatalogReader;
import io.deltaferry.postgres.PostgresSession;
import io.deltaferry.postgres.PostgresSource;
import io.deltaferry.sql.PgTable;
import io.deltaferry.table.Column;
import io.deltaferry.table.SourceConfig;
import io.deltaferry.table.SourceTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code deltaferry import-manifest}. */
@Command(
    name = "import-manifest",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = {
      "Converts a manifest of GitLab's postgres_pipeline into a table file.",
      "",
      "A query with a window of time ({EXECUTION_DATE}, {BEGIN_TIMESTAMP}) becomes an incremental"
          + " table whose cursor is the window's column; one without becomes mode: append, which"
          + " keeps a copy per run as the pipeline does. What cannot be carried over is said on"
          + " stderr and above its entry; an entry that cannot work yet is a comment as a whole.",
      "",
      "A list of columns stays a query, since nobody says which other columns the table has. With"
          + " --source the database says it: then it becomes `source`, and the others `exclude`.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:a table file was written; stderr says what of the manifest it does not hold",
      "1:the file is no manifest, no table of it can be carried over, or the database does not"
          + " answer",
      "2:the command line is wrong; nothing was done"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  deltaferry import-manifest gitlab_com_db_manifest.yaml > tables.yaml",
      "  deltaferry import-manifest manifest.yaml --output tables.yaml \\",
      "      --source postgresql://me:secret@localhost/shop"
    })
final class ImportManifestCommand implements Callable<Integer> {
  private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(60);

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call
  private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The manifest.")
  @SuppressWarnings("NullAway.Init") // picocli sets it before call
  private Path file;

  @Option(
      names = "--source",
      paramLabel = "URL",
      description = {
        "Look up the columns here: postgresql://user:password@host:5432/database, or the JDBC form."
            + " PGUSER and PGPASSWORD count where it holds no user and no password."
      })
  private @Nullable String source;

  @Mixin private final DraftOutput output = new DraftOutput();

  @Override
  public Integer call() {
    Manifest manifest = ReadManifest.of(file.toString(), text());
    ConvertManifest.Result result = convert(manifest);
    result.lost().forEach(what -> spec.commandLine().getErr().println("not carried over: " + what));
    return output.write(spec, result.draft());
  }

  private ConvertManifest.Result convert(Manifest manifest) {
    if (source == null) {
      return ConvertManifest.of(manifest, table -> Optional.empty());
    }
    SourceConfig config = DatabaseUrl.source(source, System.getenv());
    PostgresSource database = new PostgresSource(config, SecretVersions.resolve(config.password()));
    try (PostgresSession session = database.open(STATEMENT_TIMEOUT)) {
      CatalogReader catalog = new CatalogReader(session);
      return ConvertManifest.of(manifest, table -> columns(catalog, table));
    }
  }

  /** Empty for a table that the database does not have. */
  private static Optional<List<String>> columns(CatalogReader catalog, SourceTable table) {
    try {
      return Optional.of(
          catalog.describe(PgTable.of(table.schema(), table.table())).columns().stream()
              .map(Column::name)
              .toList());
    } catch (DeltaferryException e) {
      if (e.code() == ErrorCode.SOURCE_MISSING) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private String text() {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new DeltaferryException(
          ErrorCode.TABLE_FILE_INVALID,
          "%s: cannot be read (%s); check the path, its permissions, and that it is UTF-8 text"
              .formatted(file, unreadable.getClass().getSimpleName()),
          unreadable);
    }
  }
}
