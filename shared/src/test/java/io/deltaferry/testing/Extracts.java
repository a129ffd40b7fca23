package io.deltaferry.testing;

import io.deltaferry.copy.CopyExtraction;
import io.deltaferry.copy.CopyResult;
import io.deltaferry.copy.CopySettings;
import io.deltaferry.copy.PartSink;
import io.deltaferry.copy.StopSignal;
import io.deltaferry.postgres.CatalogReader;
import io.deltaferry.postgres.PostgresSession;
import io.deltaferry.sql.DeltaQuery;
import io.deltaferry.sql.DeltaSource;
import io.deltaferry.sql.PgTable;
import io.deltaferry.sql.Window;
import io.deltaferry.table.TableSchema;
import io.deltaferry.type.MappingOptions;
import java.time.Duration;
import java.util.List;

/** Whole extractions in one call, for tests. */
public final class Extracts {
  public static final CopySettings SETTINGS = new CopySettings(1 << 20, 2, Duration.ofSeconds(60));

  private Extracts() {}

  /** Everything of a source, with these options. */
  public static CopyResult all(
      TestPostgres postgres, DeltaSource source, MappingOptions options, PartSink sink) {
    try (PostgresSession session = postgres.open()) {
      session.beginSnapshot(source instanceof PgTable table ? table : null);
      TableSchema schema = new CatalogReader(session).describe(source);
      DeltaQuery query =
          new DeltaQuery(source, schema.mappings(List.of(), options), null, Window.ALL, null);
      return new CopyExtraction(session, SETTINGS, new StopSignal()).run(query, sink);
    }
  }
}
