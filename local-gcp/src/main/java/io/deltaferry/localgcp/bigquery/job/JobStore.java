package io.deltaferry.localgcp.bigquery.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.bigquery.catalog.Json;
import io.deltaferry.localgcp.bigquery.catalog.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The jobs as the data file remembers them. */
final class JobStore {
  private static final String SELECT =
      "SELECT project, job, parent, state, created, document FROM _catalog.jobs";

  private JobStore() {}

  static Optional<Job> find(Session session, JobId id) throws SQLException {
    return session
        .query(JobStore::read, SELECT + " WHERE project = ? AND job = ?", id.project(), id.job())
        .stream()
        .findFirst();
  }

  /** Newest first; without a parent: the jobs that are no script's children. */
  static List<Job> list(Session session, String project, @Nullable String parent)
      throws SQLException {
    String order = " ORDER BY created DESC, rowid DESC";
    return parent == null
        ? session.query(
            JobStore::read, SELECT + " WHERE project = ? AND parent IS NULL" + order, project)
        : session.query(
            JobStore::read, SELECT + " WHERE project = ? AND parent = ?" + order, project, parent);
  }

  static List<Job> unfinished(Session session) throws SQLException {
    return session.query(JobStore::read, SELECT + " WHERE state <> 'DONE'");
  }

  static void insert(Session session, Job job) throws SQLException {
    session.update(
        "INSERT INTO _catalog.jobs VALUES (?, ?, ?, ?, ?, ?)",
        job.id().project(),
        job.id().job(),
        job.parent(),
        job.state().name(),
        job.created(),
        document(job));
  }

  static void update(Session session, Job job) throws SQLException {
    session.update(
        "UPDATE _catalog.jobs SET state = ?, document = ? WHERE project = ? AND job = ?",
        job.state().name(),
        document(job),
        job.id().project(),
        job.id().job());
  }

  static void delete(Session session, JobId id) throws SQLException {
    session.update(
        "DELETE FROM _catalog.jobs WHERE project = ? AND (job = ? OR parent = ?)",
        id.project(),
        id.job(),
        id.job());
  }

  private static String document(Job job) {
    ObjectNode document = Json.object();
    document.set("configuration", job.configuration());
    document.put("started", job.started());
    document.put("ended", job.ended());
    document.set("statistics", job.statistics());
    ArrayNode errors = document.putArray("errors");
    job.errors().forEach(error -> errors.add(error.json()));
    return document.toString();
  }

  private static Job read(ResultSet row) throws SQLException {
    ObjectNode document = Json.object(row.getString(6));
    List<JobError> errors = new ArrayList<>();
    for (JsonNode error : document.path("errors")) {
      errors.add(
          new JobError(
              error.path("reason").asText(),
              error.path("location").asText(null),
              error.path("message").asText()));
    }
    return new Job(
        new JobId(row.getString(1), row.getString(2)),
        document.withObject("/configuration"),
        row.getString(3),
        JobState.valueOf(row.getString(4)),
        row.getLong(5),
        document.path("started").asLong(),
        document.path("ended").asLong(),
        document.withObject("/statistics"),
        errors);
  }
}
