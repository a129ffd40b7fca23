package io.deltaferry.cli;

import io.deltaferry.cli.discover.ProposeTableFile;
import io.deltaferry.cli.draft.TableFileDraft;
import io.deltaferry.cli.endpoint.DatabaseUrl;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.gcp.SecretVersions;
import io.deltaferry.postgres.PostgresSession;
import io.deltaferry.postgres.PostgresSource;
import io.deltaferry.postgres.TableFinder;
import io.deltaferry.table.CatalogTable;
import io.deltaferry.table.SourceConfig;
import io.deltaferry.table.SourceEndpoint;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code deltaferry discover}. */
@Command(
    name = "discover",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = {
      "Proposes a table file for a database: an entry for each of its tables.",
      "",
      "Reads the catalog and no rows. Key: the primary key, or a unique index, that BigQuery can"
          + " have. Cursor: a time stamp whose whole name says that changes raise it, best one with"
          + " an index; any other is a comment. A table without one of the two is copied as a whole"
          + " (mode: replace). Whatever is doubtful stands above its"
          + " entry as a comment, with the way out; an entry that cannot work yet is a comment as a"
          + " whole. The login of the URL is never written down.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:a table file was written",
      "1:the database does not answer, has no such schema, or has no table that can be synced as it"
          + " is; in the last case all entries are written as comments",
      "2:the command line is wrong; nothing was done"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  deltaferry discover --source postgresql://me:secret@localhost/shop --output tables.yaml",
      "  PGPASSWORD=secret deltaferry discover --source postgresql://me@localhost/shop \\",
      "      --schema sales --schema stock --project my-project --dataset shop"
    })
final class DiscoverCommand implements Callable<Integer> {
  private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(60);

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call
  private CommandSpec spec;

  @Option(
      names = "--source",
      required = true,
      paramLabel = "URL",
      description = {
        "The database: postgresql://user:password@host:5432/database, or the JDBC form. PGUSER and"
            + " PGPASSWORD count where it holds no user and no password."
      })
  @SuppressWarnings("NullAway.Init") // picocli sets it before call
  private String source;

  @Option(
      names = "--schema",
      paramLabel = "SCHEMA",
      description = "Look only into this one; may be given several times. Default: all.")
  private List<String> schemas = List.of();

  @Option(
      names = "--project",
      paramLabel = "PROJECT",
      description = "The target's project. Default: a name to be replaced.")
  private @Nullable String project;

  @Option(
      names = "--dataset",
      paramLabel = "DATASET",
      description = "The target's dataset. Default: named after the database.")
  private @Nullable String dataset;

  @Option(
      names = "--bucket",
      paramLabel = "BUCKET",
      description = "Where deltas are staged. Default: PROJECT-deltas.")
  private @Nullable String bucket;

  @Mixin private final DraftOutput output = new DraftOutput();

  @Override
  public Integer call() {
    SourceConfig config = DatabaseUrl.source(source, System.getenv());
    String url = ((SourceEndpoint.Jdbc) config.endpoint()).jdbcUrl();
    ProposeTableFile.Names names = new ProposeTableFile.Names(project, dataset, bucket);
    PostgresSource database = new PostgresSource(config, SecretVersions.resolve(config.password()));
    try (PostgresSession session = database.open(STATEMENT_TIMEOUT)) {
      TableFinder finder = new TableFinder(session);
      List<CatalogTable> tables = finder.tables(schemas);
      if (tables.isEmpty()) {
        throw new DeltaferryException(
            ErrorCode.SOURCE_MISSING,
            "there is no table in "
                + (schemas.isEmpty() ? "the database" : "schema " + String.join(", ", schemas))
                + "; does the URL name the right database?");
      }
      TableFileDraft draft = ProposeTableFile.of(url, tables, finder.others(schemas), names);
      return output.write(spec, draft);
    }
  }
}
