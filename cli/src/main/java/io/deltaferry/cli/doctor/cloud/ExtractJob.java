package io.deltaferry.cli.doctor.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deltaferry.cli.doctor.NotCheckedException;
import io.deltaferry.service.Topology;
import io.deltaferry.table.ExtractIn;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.TableFile;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The Cloud Run job of tables with {@code extract_in: job}. In which region it is, only Cloud Run
 * knows.
 */
public final class ExtractJob {
  /** Where Cloud Run's API answers. */
  public static final URI CLOUD_RUN = URI.create("https://run.googleapis.com");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Cloud cloud;
  private final Http http;
  private final URI api;

  public ExtractJob(Cloud cloud, Http http, URI api) {
    this.cloud = cloud;
    this.http = http;
    this.api = api;
  }

  /** The tables whose rows it reads; there is no job without any. */
  public static List<String> tables(TableFile file) {
    return file.tables().stream()
        .filter(table -> table.extractIn() == ExtractIn.JOB)
        .map(TableConfig::name)
        .toList();
  }

  /** Its name within its region. */
  public String name() {
    return cloud.serviceName(Topology.DEFAULT.job().name());
  }

  /**
   * Its full name, {@code projects/../locations/../jobs/..}; empty when there is none.
   *
   * @throws NotCheckedException when Cloud Run does not show the caller its jobs
   */
  public Optional<String> find() throws IOException, InterruptedException {
    String page = "";
    do {
      JsonNode jobs = list(page);
      for (JsonNode job : jobs.path("jobs")) {
        if (job.path("name").asText().endsWith("/jobs/" + name())) {
          return Optional.of(job.path("name").asText());
        }
      }
      page = jobs.path("nextPageToken").asText();
    } while (!page.isEmpty());
    return Optional.empty();
  }

  private JsonNode list(String page) throws IOException, InterruptedException {
    URI call =
        api.resolve(
            "/v2/projects/%s/locations/-/jobs?pageToken=%s"
                .formatted(cloud.project(), URLEncoder.encode(page, StandardCharsets.UTF_8)));
    HttpResponse<String> answer = http.get(call, cloud.headers(call));
    if (answer.statusCode() != 200) {
      throw new NotCheckedException(
          "Cloud Run does not show you its jobs: status " + answer.statusCode());
    }
    return JSON.readTree(answer.body());
  }
}
