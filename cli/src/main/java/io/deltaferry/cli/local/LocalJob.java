package io.deltaferry.cli.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.cli.process.TaskExecution;
import io.deltaferry.cli.process.TaskSpec;
import io.deltaferry.localgcp.http.GoogleError;
import io.deltaferry.localgcp.http.HttpCall;
import io.deltaferry.localgcp.http.JsonHttpServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * One Cloud Run job, whose executions are processes of this machine. Of Cloud Run's API it speaks
 * the call that starts an execution, and refuses whatever else it is asked for.
 */
public final class LocalJob implements AutoCloseable {
  /** Cloud Run's own regions are none of this machine. */
  private static final String LOCATION = "local";

  private final String name;
  private final TaskSpec spec;
  private final JsonHttpServer server;
  private final List<TaskExecution> executions = new ArrayList<>();
  private boolean closed;

  private LocalJob(String project, TaskSpec spec) {
    this.name = "projects/" + project + "/locations/" + LOCATION + "/jobs/" + spec.name();
    this.spec = spec;
    this.server =
        new JsonHttpServer("local-run", 0)
            .route("POST", "/v2/projects/{project}/locations/{location}/jobs/{job}:run", this::run);
  }

  /** Listens on any free port. */
  static LocalJob start(String project, TaskSpec spec) {
    LocalJob job = new LocalJob(project, spec);
    job.server.start();
    return job;
  }

  /** {@code projects/../locations/../jobs/..}. */
  public String name() {
    return name;
  }

  /** Where the API answers. */
  public String url() {
    return server.url();
  }

  /** All that were started, in order. */
  public synchronized List<TaskExecution> executions() {
    return List.copyOf(executions);
  }

  @Override
  public void close() {
    server.close();
    List<TaskExecution> running;
    synchronized (this) {
      closed = true;
      running = executions();
    }
    running.forEach(TaskExecution::close);
  }

  private void run(HttpCall call) throws IOException {
    String asked =
        "projects/%s/locations/%s/jobs/%s"
            .formatted(call.path("project"), call.path("location"), call.path("job"));
    if (!asked.equals(name)) {
      throw GoogleError.notFound("Resource '" + asked + "' of kind 'JOB' does not exist.");
    }
    call.respondJson(200, operation(execute(RunJobBody.variables(call.json()))));
  }

  private synchronized String execute(Map<String, String> variables) {
    if (closed) {
      throw new GoogleError(503, "backendError", "this machine's Cloud Run is stopping");
    }
    String execution = spec.name() + "-" + UUID.randomUUID().toString().substring(0, 8);
    executions.add(TaskExecution.start(spec, execution, variables));
    return execution;
  }

  /** As Cloud Run answers: the execution is on its way. */
  private ObjectNode operation(String execution) {
    ObjectNode operation = JsonNodeFactory.instance.objectNode();
    operation.put("name", name.replaceFirst("/jobs/.*", "/operations/") + UUID.randomUUID());
    operation
        .putObject("metadata")
        .put("@type", "type.googleapis.com/google.cloud.run.v2.Execution")
        .put("name", name + "/executions/" + execution);
    return operation;
  }
}
