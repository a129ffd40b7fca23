package io.deltaferry.localgcp.bigquery.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.bigquery.catalog.Catalog;
import io.deltaferry.localgcp.bigquery.catalog.Json;
import io.deltaferry.localgcp.bigquery.catalog.Session;
import io.deltaferry.localgcp.bigquery.sql.SqlContext;
import io.deltaferry.localgcp.bigquery.sql.SqlStatement;
import io.deltaferry.localgcp.bigquery.sql.StatementKind;
import io.deltaferry.localgcp.bigquery.sql.Translation;
import io.deltaferry.localgcp.bigquery.type.SchemaJson;
import io.deltaferry.localgcp.http.GoogleError;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs a query: one statement, or a script of them. */
final class QueryExecution implements Execution {
  /** What every query needs. */
  record Environment(
      Catalog catalog, Turns turns, SqlFrontEnd sql, TableSizes sizes, Streaming streaming) {}

  private static final KnownSettings KNOWN =
      new KnownSettings(
          "query",
          Set.of(
              "clustering",
              "createDisposition",
              "defaultDataset",
              "destinationTable",
              "maximumBytesBilled",
              "parameterMode",
              "query",
              "queryParameters",
              "rangePartitioning",
              "schemaUpdateOptions",
              "timePartitioning",
              "useLegacySql",
              "writeDisposition",
              // These change nothing here: results are never cached, and each job runs at once.
              "allowLargeResults",
              "flattenResults",
              "maximumBillingTier",
              "priority",
              "useQueryCache"));

  private final Environment environment;
  private final ObjectNode configuration;
  private final JsonNode query;

  QueryExecution(Environment environment, ObjectNode configuration) {
    this.environment = environment;
    this.configuration = configuration.deepCopy();
    this.query = this.configuration.path("query");
    if (query.path("query").asText("").isBlank()) {
      throw new GoogleError(400, "required", "Required parameter is missing: query");
    }
    if (query.path("useLegacySql").asBoolean(true)) {
      throw new GoogleError(
          501,
          "notImplemented",
          "Legacy SQL, the API's default, is not supported here: set useLegacySql to false");
    }
    KNOWN.refuseOthers(query);
  }

  @Override
  public Outcome run(Job job, Session session) throws SQLException {
    List<SqlStatement> statements = statements();
    boolean single = statements.size() == 1 && !isControl(statements.get(0).kind());
    if (!single && !query.path("destinationTable").isEmpty()) {
      throw JobFailure.invalid("configuration.query.destinationTable cannot be set for scripts");
    }
    QuerySession shared = session(job, session);
    Results results =
        new Results(environment.catalog(), environment.turns(), job.id().project(), query);
    Billing billing = new Billing(environment.catalog(), environment.sizes(), query);
    try (StatementRunner runner = new StatementRunner(environment, shared, results, billing)) {
      return single
          ? one(runner.run(statements.get(0)))
          : new ScriptExecution(environment.catalog(), configuration, runner).run(job, statements);
    }
  }

  private List<SqlStatement> statements() {
    List<SqlStatement> statements = environment.sql().split(query.path("query").asText());
    if (statements.isEmpty()) {
      throw JobFailure.invalidQuery("Syntax error: Unexpected end of statement");
    }
    return statements;
  }

  private QuerySession session(Job job, Session session) {
    QueryParameters parameters = new QueryParameters(query);
    SqlContext context =
        new SqlContext(
            query.path("defaultDataset").path("projectId").asText(job.id().project()),
            defaultDataset(),
            new SqlCatalog(environment.catalog(), session),
            parameters.namedTypes(),
            parameters.positionalTypes());
    return new QuerySession(environment.sql(), context, parameters, session);
  }

  private @Nullable String defaultDataset() {
    String dataset = query.path("defaultDataset").path("datasetId").asText("");
    return dataset.isEmpty() ? null : dataset;
  }

  private static boolean isControl(StatementKind kind) {
    return kind == StatementKind.BEGIN_TRANSACTION
        || kind == StatementKind.COMMIT_TRANSACTION
        || kind == StatementKind.ROLLBACK_TRANSACTION;
  }

  private Outcome one(StatementResult result) {
    ObjectNode filled = configuration.deepCopy();
    if (result.rows() != null) {
      filled.withObject("/query").set("destinationTable", result.rows().reference());
    }
    ObjectNode statistics = Json.object();
    statistics.put("totalBytesProcessed", String.valueOf(result.bytes()));
    statistics.set("query", result.statistics());
    return new Outcome(filled, statistics);
  }

  @Override
  public Outcome dryRun(Job job, Session session) throws SQLException {
    List<SqlStatement> statements = statements();
    if (statements.size() != 1) {
      throw new GoogleError(
          501,
          "notImplemented",
          "Job " + job.id().job() + ": dry-run the statements of a script one by one");
    }
    Translation translation = session(job, session).translate(statements.get(0));
    Billing.Cost cost =
        new Billing(environment.catalog(), environment.sizes(), query).of(session, translation);
    ObjectNode details = Json.object().put("statementType", translation.kind().name());
    details.put("cacheHit", false);
    cost.into(details);
    if (translation.kind() == StatementKind.SELECT) {
      details.set("schema", SchemaJson.write(ResultSchema.of(translation)));
    }
    ObjectNode statistics = Json.object();
    statistics.put("totalBytesProcessed", String.valueOf(cost.bytes()));
    statistics.set("query", details);
    return new Outcome(configuration, statistics);
  }
}
