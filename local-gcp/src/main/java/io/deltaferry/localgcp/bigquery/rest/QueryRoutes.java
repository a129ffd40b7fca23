package io.deltaferry.localgcp.bigquery.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.bigquery.catalog.Catalog;
import io.deltaferry.localgcp.bigquery.catalog.Json;
import io.deltaferry.localgcp.bigquery.catalog.Session;
import io.deltaferry.localgcp.bigquery.catalog.TableEntry;
import io.deltaferry.localgcp.bigquery.catalog.TableId;
import io.deltaferry.localgcp.bigquery.job.Job;
import io.deltaferry.localgcp.bigquery.job.JobError;
import io.deltaferry.localgcp.bigquery.job.JobId;
import io.deltaferry.localgcp.bigquery.job.Jobs;
import io.deltaferry.localgcp.bigquery.type.SchemaJson;
import io.deltaferry.localgcp.bigquery.type.TimestampForm;
import io.deltaferry.localgcp.http.GoogleError;
import io.deltaferry.localgcp.http.HttpCall;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code jobs.query} and {@code jobs.getQueryResults}. */
final class QueryRoutes {
  private static final long DEFAULT_WAIT_MILLIS = 10_000;
  private static final long LONGEST_WAIT_MILLIS = 200_000;

  /** Said of the query in the request; the rest of a request is about the answer. */
  private static final List<String> OF_THE_QUERY =
      List.of(
          "connectionProperties",
          "createSession",
          "defaultDataset",
          "destinationEncryptionConfiguration",
          "maximumBytesBilled",
          "parameterMode",
          "query",
          "queryParameters",
          "useLegacySql",
          "useQueryCache");

  private final Catalog catalog;
  private final Jobs jobs;

  QueryRoutes(Catalog catalog, Jobs jobs) {
    this.catalog = catalog;
    this.jobs = jobs;
  }

  void addTo(Routes routes) {
    routes.add("bigquery.jobs.query", "POST", "projects/{projectId}/queries", this::query);
    routes.add(
        "bigquery.jobs.getQueryResults",
        "GET",
        "projects/{projectId}/queries/{jobId}",
        this::results);
  }

  private void query(HttpCall call, Session session) throws IOException, SQLException {
    JsonNode request = call.json();
    ObjectNode configuration = configuration(request);
    JobId id = new JobId(call.path("projectId"), jobId(request));
    if (request.path("dryRun").asBoolean(false)) {
      Job job = jobs.dryRun(id, configuration);
      call.respondJson(200, answer(job, "bigquery#queryResponse"));
      return;
    }
    submitOnce(id, configuration);
    Job job = jobs.await(id, waiting(request.path("timeoutMs").asLong(DEFAULT_WAIT_MILLIS)));
    ObjectNode json = answer(job, "bigquery#queryResponse");
    boolean micros = request.path("formatOptions").path("useInt64Timestamp").asBoolean(false);
    addRows(
        session,
        job,
        json,
        new Wanted(
            micros ? TimestampForm.INT64_MICROS : TimestampForm.FLOAT_SECONDS,
            0,
            request.path("maxResults").asLong(Long.MAX_VALUE)));
    call.respondJson(200, json);
  }

  private void submitOnce(JobId id, ObjectNode configuration) throws SQLException {
    try {
      jobs.submit(id, configuration);
    } catch (GoogleError e) {
      if (!e.reason().equals("duplicate")) {
        throw e;
      }
      // The same request came before: its job is the answer.
    }
  }

  /** A request that is sent again has the same id, and so finds its job. */
  private static String jobId(JsonNode request) {
    String requestId = request.path("requestId").asText("");
    return requestId.matches("[A-Za-z0-9_-]{1,100}") ? "job_" + requestId : JobRoutes.randomId();
  }

  private static ObjectNode configuration(JsonNode request) {
    ObjectNode configuration = Json.object().put("jobType", "QUERY");
    ObjectNode query = configuration.putObject("query");
    for (String name : OF_THE_QUERY) {
      if (request.hasNonNull(name)) {
        query.set(name, request.get(name));
      }
    }
    for (String name : List.of("dryRun", "labels")) {
      if (request.hasNonNull(name)) {
        configuration.set(name, request.get(name));
      }
    }
    return configuration;
  }

  private void results(HttpCall call, Session session) throws IOException, SQLException {
    JobId id = JobRoutes.id(call);
    Job job = jobs.await(id, waiting(Page.number(call, "timeoutMs", DEFAULT_WAIT_MILLIS)));
    if (!job.configuration().has("query")) {
      throw GoogleError.invalid("Job " + id + " is not a query job");
    }
    ObjectNode json = answer(job, "bigquery#getQueryResultsResponse");
    addRows(
        session,
        job,
        json,
        new Wanted(
            RowPage.timestamps(call),
            Math.max(Page.start(call), Page.number(call, "startIndex", 0)),
            Page.number(call, "maxResults", Long.MAX_VALUE)));
    call.respondJson(200, json);
  }

  private static Duration waiting(long millis) {
    return Duration.ofMillis(Math.max(0, Math.min(LONGEST_WAIT_MILLIS, millis)));
  }

  /**
   * The answer without rows.
   *
   * @throws GoogleError with the job's own error when it failed
   */
  private static ObjectNode answer(Job job, String kind) {
    if (!job.errors().isEmpty()) {
      JobError error = job.errors().get(0);
      throw new GoogleError(error.httpStatus(), error.reason(), error.message());
    }
    ObjectNode json = Json.object().put("kind", kind);
    json.set("jobReference", JobJson.reference(job.id()));
    json.put("jobComplete", job.done());
    if (!job.done()) {
      return json;
    }
    JsonNode query = job.statistics().path("query");
    json.put("cacheHit", false);
    json.put("totalBytesProcessed", job.statistics().path("totalBytesProcessed").asText("0"));
    for (String name : List.of("numDmlAffectedRows", "dmlStats", "schema")) {
      if (query.has(name)) {
        json.set(name, query.get(name));
      }
    }
    return json;
  }

  private record Wanted(TimestampForm timestamps, long start, long limit) {}

  private void addRows(Session session, Job job, ObjectNode json, Wanted wanted)
      throws SQLException {
    if (!job.done()) {
      return;
    }
    Optional<TableId> rows = TableId.of(job.configuration().path("query").path("destinationTable"));
    if (rows.isEmpty()) {
      json.put("totalRows", "0");
      return;
    }
    TableEntry table = catalog.table(session, rows.get());
    json.set("schema", SchemaJson.write(table.schema()));
    json.put("totalRows", String.valueOf(catalog.rows(session, table)));
    RowPage.read(
            session, table, table.schema(), wanted.timestamps(), wanted.start(), wanted.limit())
        .into(json);
  }
}
