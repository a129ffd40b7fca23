package io.deltaferry.localgcp.bigquery.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.bigquery.catalog.Catalog;
import io.deltaferry.localgcp.bigquery.catalog.DatasetId;
import io.deltaferry.localgcp.bigquery.catalog.Json;
import io.deltaferry.localgcp.bigquery.catalog.Session;
import io.deltaferry.localgcp.bigquery.catalog.TableEntry;
import io.deltaferry.localgcp.bigquery.job.Destination.Write;
import io.deltaferry.localgcp.bigquery.sql.Translation;
import io.deltaferry.localgcp.bigquery.type.TableSchema;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a query's rows go: the table it names, or an anonymous one that lives for a day. */
final class Results {
  private static final Duration ANONYMOUS_LIFETIME = Duration.ofDays(1);

  /** Hidden as BigQuery hides it: its name starts with an underscore. */
  static final String ANONYMOUS_DATASET = "_anonymous_results";

  private final Catalog catalog;
  private final Turns turns;
  private final String project;
  private final @Nullable Destination explicit;
  private final ObjectNode properties;
  private final boolean mayWiden;

  Results(Catalog catalog, Turns turns, String project, JsonNode query) {
    this.catalog = catalog;
    this.turns = turns;
    this.project = project;
    this.explicit =
        query.path("destinationTable").isEmpty() ? null : Destination.of(query, Write.WRITE_EMPTY);
    this.properties = TableProperties.ofJob(query);
    this.mayWiden = TableProperties.mayWiden(query);
  }

  TableEntry write(
      SelectRunner runner, Translation select, TableSchema schema, Session session, boolean open)
      throws SQLException {
    if (explicit == null) {
      return anonymous(runner, select, schema, session, open);
    }
    DestinationTable.Wanted wanted =
        new DestinationTable.Wanted(schema, properties, null, mayWiden);
    return turns.write(session, explicit, () -> runner.run(select, schema, explicit, wanted));
  }

  private TableEntry anonymous(
      SelectRunner runner, Translation select, TableSchema schema, Session session, boolean open)
      throws SQLException {
    DatasetId dataset = new DatasetId(project, ANONYMOUS_DATASET);
    ensure(dataset);
    Destination destination =
        new Destination(
            dataset.table("anon" + UUID.randomUUID().toString().replace("-", "")),
            Write.WRITE_EMPTY,
            true);
    DestinationTable.Wanted wanted =
        new DestinationTable.Wanted(
            schema, Json.object(), catalog.clock().millis() + ANONYMOUS_LIFETIME.toMillis(), false);
    return open
        ? runner.run(select, schema, destination, wanted)
        : session.atomically(() -> runner.run(select, schema, destination, wanted));
  }

  /** In a session of its own, so that an open transaction does not take the dataset away again. */
  private void ensure(DatasetId id) throws SQLException {
    synchronized (catalog) {
      try (Session own = catalog.session()) {
        if (catalog.findDataset(own, id).isEmpty()) {
          own.atomically(() -> catalog.createDataset(own, id, Json.object()));
        }
      }
    }
  }
}
