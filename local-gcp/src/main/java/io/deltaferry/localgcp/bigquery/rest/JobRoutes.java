package io.deltaferry.localgcp.bigquery.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.bigquery.catalog.Json;
import io.deltaferry.localgcp.bigquery.catalog.Session;
import io.deltaferry.localgcp.bigquery.job.Job;
import io.deltaferry.localgcp.bigquery.job.JobId;
import io.deltaferry.localgcp.bigquery.job.Jobs;
import io.deltaferry.localgcp.http.GoogleError;
import io.deltaferry.localgcp.http.HttpCall;
import io.deltaferry.localgcp.http.JsonHttpServer;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The methods of {@code bigquery.jobs} that are about jobs, not rows. */
final class JobRoutes {
  private static final Duration HOLD = Duration.ofSeconds(1);

  private final Jobs jobs;

  JobRoutes(Jobs jobs) {
    this.jobs = jobs;
  }

  void addTo(Routes routes) {
    String all = "projects/{projectId}/jobs";
    routes.add("bigquery.jobs.insert", "POST", all, this::insert);
    routes.add("bigquery.jobs.list", "GET", all, this::list);
    routes.add("bigquery.jobs.get", "GET", all + "/{jobId}", this::get);
    routes.add("bigquery.jobs.cancel", "POST", all + "/{jobId}/cancel", this::cancel);
    routes.add("bigquery.jobs.delete", "DELETE", all + "/{jobId}/delete", this::delete);
  }

  /** Where clients upload a file together with the load job that reads it. */
  static void refuseUploads(JsonHttpServer server) {
    server.route(
        "POST",
        "/upload/bigquery/v2/projects/{projectId}/jobs",
        call -> {
          throw new GoogleError(
              501,
              "notImplemented",
              "A load job cannot bring its file along here: put it into a bucket and name its URI");
        });
  }

  static JobId id(HttpCall call) {
    return new JobId(call.path("projectId"), call.path("jobId"));
  }

  /** An id as a client without one would get it. */
  static String randomId() {
    return "job_" + UUID.randomUUID().toString().replace("-", "");
  }

  private void insert(HttpCall call, Session session) throws IOException, SQLException {
    JsonNode body = call.json();
    JsonNode reference = body.path("jobReference");
    JobId id =
        new JobId(
            reference.path("projectId").asText(call.path("projectId")),
            reference.path("jobId").asText(randomId()));
    if (!(body.path("configuration") instanceof ObjectNode configuration)) {
      throw new GoogleError(400, "required", "Required parameter is missing: configuration");
    }
    boolean dry = configuration.path("dryRun").asBoolean(false);
    Job job = dry ? jobs.dryRun(id, configuration) : jobs.submit(id, configuration);
    call.respondJson(200, JobJson.write(job, call.baseUrl()));
  }

  private void get(HttpCall call, Session session) throws IOException, SQLException {
    // The Java client asks for the status alone while it waits, ever more seldom. Holding such a
    // call for a moment ends most waits at once and shows no state that is not true.
    boolean waiting = call.query("fields").map(fields -> fields.contains("status")).orElse(false);
    Job job = waiting ? jobs.await(id(call), HOLD) : jobs.job(id(call));
    call.respondJson(200, JobJson.write(job, call.baseUrl()));
  }

  private void cancel(HttpCall call, Session session) throws IOException, SQLException {
    ObjectNode json = Json.object().put("kind", "bigquery#jobCancelResponse");
    json.set("job", JobJson.write(jobs.cancel(id(call)), call.baseUrl()));
    call.respondJson(200, json);
  }

  private void delete(HttpCall call, Session session) throws IOException, SQLException {
    jobs.delete(id(call));
    call.respondEmpty(204);
  }

  private void list(HttpCall call, Session session) throws IOException, SQLException {
    Optional<String> state = call.query("stateFilter").map(s -> s.toUpperCase(Locale.ROOT));
    List<Job> matching =
        jobs.list(call.path("projectId"), call.query("parentJobId").orElse(null)).stream()
            .filter(job -> state.isEmpty() || state.get().equals(job.state().name()))
            .filter(job -> job.created() >= Page.number(call, "minCreationTime", 0))
            .filter(job -> job.created() <= Page.number(call, "maxCreationTime", Long.MAX_VALUE))
            .toList();
    Page<Job> page = Page.of(matching, call, 1000);
    ObjectNode json = Json.object().put("kind", "bigquery#jobList");
    ArrayNode items = json.putArray("jobs");
    page.items().forEach(job -> items.add(listed(job, call.baseUrl())));
    if (page.next() != null) {
      json.put("nextPageToken", page.next());
    }
    call.respondJson(200, json);
  }

  private static ObjectNode listed(Job job, String baseUrl) {
    ObjectNode json = JobJson.write(job, baseUrl).put("state", job.state().name());
    if (!job.errors().isEmpty()) {
      json.set("errorResult", job.errors().get(0).json());
    }
    return json;
  }
}
