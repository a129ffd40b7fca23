package io.deltaferry.cli.doctor.cloud;

import io.deltaferry.cli.doctor.Check;
import io.deltaferry.cli.doctor.Finding;
import io.deltaferry.cli.doctor.GoogleRefusal;
import io.deltaferry.cli.doctor.NotCheckedException;
import io.deltaferry.cli.doctor.Remedy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One of Google's APIs is enabled: a disabled one says so to any call, before it looks at what the
 * caller may do.
 *
 * @param name the API's, such as {@code run.googleapis.com}
 * @param probe a call that changes nothing
 */
public record ApiCheck(Cloud cloud, Http http, String name, URI probe) implements Check {
  /** Projects of Google's own tools, which a person's credentials are billed to by default. */
  private static final List<String> TOOLS = List.of("764086051850", "32555940559");

  /** Calls that list something of a project, by the API they belong to. */
  private static final Map<String, String> PROBES = probes();

  /** The checks of all APIs that a deployment needs. */
  public static List<ApiCheck> all(Cloud cloud) {
    Http http = new Http();
    return PROBES.entrySet().stream()
        .map(
            probe ->
                new ApiCheck(
                    cloud,
                    http,
                    probe.getKey(),
                    URI.create(
                        "https://" + probe.getKey() + probe.getValue().formatted(cloud.project()))))
        .toList();
  }

  private static Map<String, String> probes() {
    Map<String, String> probes = new LinkedHashMap<>();
    probes.put("pubsub.googleapis.com", "/v1/projects/%s/topics?pageSize=1");
    probes.put("storage.googleapis.com", "/storage/v1/b?project=%s&maxResults=1");
    probes.put("bigquery.googleapis.com", "/bigquery/v2/projects/%s/datasets?maxResults=1");
    probes.put("run.googleapis.com", "/v1/projects/%s/locations");
    probes.put("cloudscheduler.googleapis.com", "/v1/projects/%s/locations");
    probes.put("secretmanager.googleapis.com", "/v1/projects/%s/locations");
    return probes;
  }

  @Override
  public String area() {
    return "API";
  }

  @Override
  public Finding look() throws IOException, InterruptedException {
    HttpResponse<String> answer = http.get(probe, cloud.headers(probe));
    GoogleRefusal refusal = GoogleRefusal.ofStatus(answer.statusCode(), answer.body()).orElse(null);
    if (refusal == null) {
      return answer.statusCode() < 300
          ? Finding.ok("enabled")
          : Finding.notChecked("it answers with status " + answer.statusCode());
    }
    return switch (refusal) {
      case API_DISABLED -> disabled(answer.body());
      case DENIED -> Finding.ok("enabled; you may not list what is in it");
      case NO_CREDENTIALS -> Finding.notChecked("it does not take your credentials, see above");
      case NOT_FOUND, UNREACHABLE -> throw new NotCheckedException("there is no such project");
    };
  }

  private Finding disabled(String body) {
    if (TOOLS.stream().anyMatch(body::contains)) {
      return Finding.notChecked(
          "your credentials are billed to Google's own tools, where it is disabled",
          Remedy.shell("gcloud auth application-default set-quota-project " + cloud.project()));
    }
    return Finding.missing("disabled", new Gcloud(cloud).enable(name));
  }
}
