package io.deltaferry.localgcp.bigquery.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.bigquery.catalog.Json;
import io.deltaferry.localgcp.bigquery.job.Job;
import io.deltaferry.localgcp.bigquery.job.JobId;
import java.util.Locale;

/** Jobs in the API's form. */
final class JobJson {
  /** Nobody signs in here. */
  static final String USER = "local@local-gcp.invalid";

  private JobJson() {}

  static ObjectNode write(Job job, String baseUrl) {
    ObjectNode json = Json.object().put("kind", "bigquery#job");
    json.put("id", job.id().toString());
    json.put("etag", Etags.of(status(job), job.ended()));
    json.put(
        "selfLink",
        baseUrl
            + "/bigquery/v2/projects/"
            + job.id().project()
            + "/jobs/"
            + job.id().job()
            + "?location="
            + Job.LOCATION);
    json.put("user_email", USER);
    json.set("jobReference", reference(job.id()));
    json.set("configuration", configuration(job));
    json.set("status", status(job));
    json.set("statistics", statistics(job));
    return json;
  }

  private static ObjectNode configuration(Job job) {
    ObjectNode configuration = job.configuration();
    if (!configuration.has("jobType")) {
      for (String kind : new String[] {"load", "query", "copy"}) {
        if (configuration.has(kind)) {
          configuration.put("jobType", kind.toUpperCase(Locale.ROOT));
        }
      }
    }
    return configuration;
  }

  static ObjectNode status(Job job) {
    ObjectNode status = Json.object().put("state", job.state().name());
    if (!job.errors().isEmpty()) {
      status.set("errorResult", job.errors().get(0).json());
      ArrayNode errors = status.putArray("errors");
      job.errors().forEach(error -> errors.add(error.json()));
    }
    return status;
  }

  private static ObjectNode statistics(Job job) {
    ObjectNode statistics = job.statistics();
    statistics.put("creationTime", String.valueOf(job.created()));
    if (job.started() > 0) {
      statistics.put("startTime", String.valueOf(job.started()));
    }
    if (job.ended() > 0) {
      statistics.put("endTime", String.valueOf(job.ended()));
      statistics.put("totalSlotMs", String.valueOf(job.ended() - job.started()));
      if (statistics.path("query") instanceof ObjectNode query) {
        query.put("totalSlotMs", String.valueOf(job.ended() - job.started()));
      }
    }
    if (job.parent() != null) {
      statistics.put("parentJobId", job.parent());
    }
    return statistics;
  }

  static ObjectNode reference(JobId id) {
    return Json.object()
        .put("projectId", id.project())
        .put("jobId", id.job())
        .put("location", Job.LOCATION);
  }
}
