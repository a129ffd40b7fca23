package io.deltaferry.localgcp.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.bigquery.BigQuery.JobListOption;
import com.google.cloud.bigquery.BigQuery.TableDataListOption;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobStatus;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.TableId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobsAndRowsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private LocalServer server;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    server = new LocalServer(directory).withDataset("j");
    server.run(
        "CREATE TABLE j.rows AS SELECT n, TIMESTAMP_MICROS(1700000000123456 + n) AS seen, 'x' AS"
            + " text FROM UNNEST(GENERATE_ARRAY(1, 25)) AS n ORDER BY n");
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
  }

  private HttpResponse<String> call(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(server.url() + "/bigquery/v2/projects/" + LocalServer.PROJECT + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpResponse<String> response = call("GET", path, "");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  @Test
  void rowsArePagedSelectedAndTheirTimestampsWrittenAsAsked() throws Exception {
    List<Long> read = new ArrayList<>();
    for (FieldValueList row :
        server
            .client
            .listTableData(
                TableId.of("j", "rows"),
                TableDataListOption.pageSize(7),
                TableDataListOption.startIndex(5))
            .iterateAll()) {
      read.add(row.get(0).getLongValue());
    }
    assertThat(read).hasSize(20).startsWith(6L).endsWith(25L);
    JsonNode micros =
        get(
            "/datasets/j/tables/rows/data?maxResults=1&selectedFields=seen"
                + "&formatOptions.useInt64Timestamp=true");
    assertThat(micros.at("/rows/0/f/0/v").asText()).isEqualTo("1700000000123457");
    assertThat(micros.at("/rows/0/f")).hasSize(1);
    assertThat(micros.path("totalRows").asText()).isEqualTo("25");
    JsonNode seconds = get("/datasets/j/tables/rows/data?maxResults=1&selectedFields=seen");
    assertThat(Double.parseDouble(seconds.at("/rows/0/f/0/v").asText()))
        .isEqualTo(1_700_000_000.123457);
  }

  @Test
  void aDuplicateJobIdIsAConflictWithBigQuerysWords() throws Exception {
    String job =
        "{\"jobReference\":{\"projectId\":\"proj-1\",\"jobId\":\"twice\"},\"configuration\":"
            + "{\"query\":{\"query\":\"SELECT 1\",\"useLegacySql\":false}}}";
    assertThat(call("POST", "/jobs", job).statusCode()).isEqualTo(200);
    HttpResponse<String> again = call("POST", "/jobs", job);
    assertThat(again.statusCode()).isEqualTo(409);
    JsonNode error = JSON.readTree(again.body()).path("error");
    assertThat(error.at("/errors/0/reason").asText()).isEqualTo("duplicate");
    assertThat(error.path("message").asText()).isEqualTo("Already Exists: Job proj-1:US.twice");
  }

  @Test
  void jobsAreListedByStateAndForgottenOnDemand() throws Exception {
    server.ended(
        server.client.create(
            JobInfo.of(JobId.of("to_forget"), QueryJobConfiguration.of("SELECT 1"))));
    assertThat(ids(JobListOption.stateFilter(JobStatus.State.DONE))).contains("to_forget");
    assertThat(ids(JobListOption.stateFilter(JobStatus.State.RUNNING))).doesNotContain("to_forget");
    assertThat(server.client.delete(JobId.of("to_forget"))).isTrue();
    assertThat(server.client.getJob(JobId.of("to_forget"))).isNull();
  }

  private List<String> ids(JobListOption option) {
    List<String> ids = new ArrayList<>();
    server.client.listJobs(option).iterateAll().forEach(job -> ids.add(job.getJobId().getJob()));
    return ids;
  }

  @Test
  void whatIsNotBuiltIsRefusedByName() throws Exception {
    HttpResponse<String> extract =
        call("POST", "/jobs", "{\"configuration\":{\"extract\":{\"sourceTable\":{}}}}");
    assertThat(extract.statusCode()).isEqualTo(501);
    assertThat(extract.body()).contains("Extract jobs are not supported here");
    HttpResponse<String> avro =
        call(
            "POST",
            "/jobs",
            "{\"configuration\":{\"load\":{\"sourceFormat\":\"AVRO\",\"sourceUris\":[\"gs://b/o\"],"
                + "\"destinationTable\":{\"projectId\":\"proj-1\",\"datasetId\":\"j\","
                + "\"tableId\":\"t\"}}}}");
    assertThat(avro.body()).contains("sourceFormat AVRO is not supported here");
    assertThatThrownBy(() -> server.client.getJob(JobId.of("bad id")))
        .hasMessageContaining("Invalid job ID");
  }

  @Test
  void theSameRequestIdIsOneJob() throws Exception {
    String insert =
        "{\"query\":\"INSERT INTO j.once (n) VALUES (1)\",\"useLegacySql\":false,"
            + "\"requestId\":\"req-1\"}";
    server.run("CREATE TABLE j.once (n INT64)");
    call("POST", "/queries", insert);
    assertThat(call("POST", "/queries", insert).statusCode()).isEqualTo(200);
    assertThat(server.row("SELECT COUNT(*) FROM j.once")).containsExactly("1");
  }

  @Test
  void whatWasDoneIsStillThereAfterARestart() throws Exception {
    server.run("CREATE TABLE j.lasting (id INT64) OPTIONS (labels = [('k', 'v')])");
    Job done =
        server
            .client
            .create(
                JobInfo.of(
                    JobId.of("lasting_job"),
                    QueryJobConfiguration.of("INSERT INTO j.lasting (id) VALUES (1), (2)")))
            .waitFor();
    assertThat(done.getStatus().getError()).isNull();
    server.restart();
    assertThat(server.row("SELECT COUNT(*) FROM j.lasting")).containsExactly("2");
    assertThat(server.client.getTable(TableId.of("j", "lasting")).getLabels())
        .containsEntry("k", "v");
    Job remembered = server.client.getJob(JobId.of("lasting_job"));
    assertThat(remembered.isDone()).isTrue();
    com.google.cloud.bigquery.JobStatistics.QueryStatistics statistics = remembered.getStatistics();
    assertThat(statistics.getDmlStats().getInsertedRowCount()).isEqualTo(2);
  }

  @Test
  void aJobThatIsDoneStaysSoWhileItsIdIsAskedForAgain() throws Exception {
    String job =
        "{\"jobReference\":{\"projectId\":\"proj-1\",\"jobId\":\"again\"},\"configuration\":"
            + "{\"query\":{\"query\":\"SELECT 1\",\"useLegacySql\":false}}}";
    call("POST", "/jobs", job);
    server.ended(server.client.getJob(JobId.of("again")));
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Future<?> duplicates =
          other.submit(
              () -> {
                for (int i = 0; i < 200; i++) {
                  assertThat(call("POST", "/jobs", job).statusCode()).isEqualTo(409);
                }
                return null;
              });
      while (!duplicates.isDone()) {
        assertThat(get("/jobs/again").at("/status/state").asText()).isEqualTo("DONE");
      }
      duplicates.get();
    } finally {
      other.shutdownNow();
    }
  }

  @Test
  void theSameRequestIdIsOneJobAlsoAtOnce() throws Exception {
    server.run("CREATE TABLE j.at_once (n INT64)");
    ExecutorService callers = Executors.newFixedThreadPool(4);
    try {
      for (int round = 0; round < 10; round++) {
        String insert =
            "{\"query\":\"INSERT INTO j.at_once (n) VALUES (1)\",\"useLegacySql\":false,"
                + "\"requestId\":\"at-once-"
                + round
                + "\"}";
        Callable<HttpResponse<String>> same = () -> call("POST", "/queries", insert);
        for (Future<HttpResponse<String>> answer :
            callers.invokeAll(Collections.nCopies(4, same))) {
          assertThat(answer.get().statusCode()).as(answer.get().body()).isEqualTo(200);
        }
      }
    } finally {
      callers.shutdownNow();
    }
    assertThat(server.row("SELECT COUNT(*) FROM j.at_once")).containsExactly("10");
  }

  @Test
  void aPageMayBeAskedToBeAsLongAsANumberCanSay() throws Exception {
    server.withDataset("page_1").withDataset("page_2");
    JsonNode page = get("/datasets?pageToken=1&maxResults=" + Long.MAX_VALUE);
    assertThat(page.path("datasets")).hasSizeGreaterThanOrEqualTo(2);
    assertThat(page.has("nextPageToken")).isFalse();
  }

  @Test
  void onlyAQueryCanBeDryRun() throws Exception {
    server.files.put("gs://b/dry.csv", "1");
    HttpResponse<String> refused =
        call(
            "POST",
            "/jobs",
            "{\"configuration\":{\"dryRun\":true,\"load\":{\"sourceUris\":[\"gs://b/dry.csv\"],"
                + "\"destinationTable\":{\"projectId\":\"proj-1\",\"datasetId\":\"j\","
                + "\"tableId\":\"dry\"},"
                + "\"schema\":{\"fields\":[{\"name\":\"n\",\"type\":\"INTEGER\"}]}}}}");
    assertThat(refused.statusCode()).isEqualTo(501);
    assertThat(refused.body()).contains("Only queries can be dry-run here");
    assertThat(server.client.getTable(TableId.of("j", "dry"))).isNull();
  }

  @Test
  void theDiscoveryDocumentDescribesEveryMethod() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + "/$discovery/rest?version=v2")).build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    JsonNode resources = JSON.readTree(response.body()).path("resources");
    assertThat(resources.at("/jobs/methods/getQueryResults/path").asText())
        .isEqualTo("projects/{projectId}/queries/{jobId}");
    assertThat(resources.at("/tabledata/methods/list/parameters/maxResults/type").asText())
        .isEqualTo("integer");
  }

  @Test
  void aPropertyThatIsNullIsNotKept() throws Exception {
    HttpResponse<String> made =
        call(
            "POST",
            "/datasets",
            "{\"datasetReference\":{\"datasetId\":\"no_words\"},\"description\":null}");
    assertThat(made.statusCode()).isEqualTo(200);
    assertThat(get("/datasets/no_words").has("description")).isFalse();
  }
}
