package io.deltaferry.localgcp.bigquery.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.bigquery.LoadFiles;
import io.deltaferry.localgcp.bigquery.catalog.Catalog;
import io.deltaferry.localgcp.bigquery.catalog.Json;
import io.deltaferry.localgcp.bigquery.catalog.Session;
import io.deltaferry.localgcp.bigquery.catalog.TableEntry;
import io.deltaferry.localgcp.bigquery.catalog.TableId;
import io.deltaferry.localgcp.bigquery.job.Destination.Write;
import io.deltaferry.localgcp.bigquery.load.CsvLoad;
import io.deltaferry.localgcp.bigquery.load.CsvOptions;
import io.deltaferry.localgcp.bigquery.load.LoadFile;
import io.deltaferry.localgcp.bigquery.load.LoadResult;
import io.deltaferry.localgcp.bigquery.type.DuckTypes;
import io.deltaferry.localgcp.bigquery.type.FieldSchema;
import io.deltaferry.localgcp.bigquery.type.SchemaJson;
import io.deltaferry.localgcp.bigquery.type.TableSchema;
import io.deltaferry.localgcp.http.GoogleError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** Loads files into a table, all or nothing. */
final class LoadExecution implements Execution {
  private final Catalog catalog;
  private final Turns turns;
  private final LoadFiles files;
  private final JsonNode load;
  private final Destination destination;
  private final CsvOptions options;

  LoadExecution(Catalog catalog, Turns turns, LoadFiles files, JsonNode load) {
    this.catalog = catalog;
    this.turns = turns;
    this.files = files;
    this.load = load;
    this.destination = Destination.of(load, Write.WRITE_APPEND);
    this.options = CsvConfiguration.read(load);
    if (load.path("sourceUris").isEmpty()) {
      throw new GoogleError(
          400, "required", "Required parameter is missing: sourceUris (uploads are not supported)");
    }
  }

  @Override
  public Outcome run(Job job, Session session) throws SQLException, IOException {
    List<LoadFile> sources = sources();
    LoadResult result = turns.write(session, destination, () -> load(session, sources));
    ObjectNode statistics = Json.object();
    statistics.set("load", statistics(result));
    return new Outcome(job.configuration(), statistics);
  }

  private List<LoadFile> sources() throws IOException {
    List<LoadFile> sources = new ArrayList<>();
    for (JsonNode uri : load.path("sourceUris")) {
      List<LoadFiles.LoadFile> matches = files.expand(uri.asText());
      if (matches.isEmpty()) {
        throw JobFailure.notFound("Not found: URI " + uri.asText());
      }
      for (LoadFiles.LoadFile match : matches) {
        sources.add(new LoadFile(match.uri(), match.bytes(), () -> files.open(match.uri())));
      }
    }
    return sources;
  }

  private LoadResult load(Session session, List<LoadFile> sources) throws SQLException {
    DestinationTable.Ready ready =
        new DestinationTable(catalog, session).prepare(destination, wanted());
    TableEntry table = ready.table();
    TableSchema rows = wanted().schema() == null ? table.schema() : wanted().schema();
    boolean straight = ready.empty() && rows.equals(table.schema());
    LoadResult result;
    if (straight) {
      result = read(session, table.id(), rows, sources);
    } else {
      // A name of its own: other loads may append to the same table meanwhile.
      TableId staging = table.id().datasetId().table("_load_" + UUID.randomUUID());
      session.execute("CREATE TABLE " + staging.quoted() + " (" + DuckTypes.columns(rows) + ")");
      result = read(session, staging, rows, sources);
      session.update(append(table, staging, rows));
      session.execute("DROP TABLE " + staging.quoted());
    }
    catalog.touch(session, table);
    return result;
  }

  private static String append(TableEntry table, TableId staging, TableSchema rows) {
    String columns =
        rows.fields().stream()
            .map(FieldSchema::name)
            .map(DuckTypes::quote)
            .collect(Collectors.joining(", "));
    return "INSERT INTO %s (%s) SELECT %s FROM %s"
        .formatted(table.id().quoted(), columns, columns, staging.quoted());
  }

  private DestinationTable.Wanted wanted() {
    @Nullable TableSchema schema =
        load.path("schema").path("fields").isEmpty()
            ? null
            : SchemaJson.read(load.path("schema")).checked();
    return new DestinationTable.Wanted(
        schema,
        TableProperties.ofJob(load),
        TableProperties.expiresOfJob(load),
        TableProperties.mayWiden(load));
  }

  private LoadResult read(Session session, TableId into, TableSchema rows, List<LoadFile> sources)
      throws SQLException {
    LoadResult result;
    try {
      result =
          CsvLoad.load(
              session.connection().unwrap(DuckDBConnection.class),
              into.datasetId().schemaName(),
              into.table(),
              rows,
              options,
              sources);
    } catch (IOException e) {
      throw new UncheckedIOException("a source file cannot be read", e);
    }
    if (result.failed()) {
      List<JobError> errors =
          result.errors().stream()
              .map(error -> new JobError(error.reason(), error.location(), error.message()))
              .toList();
      ObjectNode statistics = Json.object();
      statistics.set("load", statistics(result));
      throw new JobFailure(errors, statistics);
    }
    return result;
  }

  private static ObjectNode statistics(LoadResult result) {
    return Json.object()
        .put("inputFiles", String.valueOf(result.inputFiles()))
        .put("inputFileBytes", String.valueOf(result.inputBytes()))
        .put("outputRows", String.valueOf(result.rows()))
        .put("outputBytes", String.valueOf(result.bytes()))
        .put("badRecords", String.valueOf(result.badRecords()));
  }
}
