package io.deltaferry.localgcp.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.NoCredentials;
import com.google.cloud.RetryOption;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobConfiguration;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.QueryJobConfiguration;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A local BigQuery with the official client connected to it, and a clock that can be moved. */
final class LocalServer implements AutoCloseable {
  static final String PROJECT = "proj-1";

  final MemoryFiles files = new MemoryFiles();
  final MovableClock clock = new MovableClock();
  private final Path directory;
  private LocalBigQuery server;
  BigQuery client;

  LocalServer(Path directory) throws SQLException {
    this.directory = directory;
    this.server = LocalBigQuery.start(settings());
    this.client = connect();
  }

  private LocalBigQuery.Settings settings() {
    return new LocalBigQuery.Settings(0, directory, files, clock, "400MB", 2, 8);
  }

  private BigQuery connect() {
    return BigQueryOptions.newBuilder()
        .setProjectId(PROJECT)
        .setHost(server.url())
        .setCredentials(NoCredentials.getInstance())
        .build()
        .getService();
  }

  String url() {
    return server.url();
  }

  LocalServer withDataset(String name) {
    client.create(DatasetInfo.of(name));
    return this;
  }

  /** Runs a statement or script as a job and waits for its end. */
  Job run(String sql) throws InterruptedException {
    return run(QueryJobConfiguration.of(sql));
  }

  Job run(JobConfiguration configuration) throws InterruptedException {
    return client
        .create(JobInfo.of(configuration))
        .waitFor(RetryOption.initialRetryDelayDuration(Duration.ofMillis(20)));
  }

  /** Waits for the end of a job that may fail; it as it ended. */
  Job ended(Job job) throws InterruptedException {
    long limit = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!job.isDone()) {
      assertThat(System.nanoTime())
          .as("%s ended within a minute", job.getJobId())
          .isLessThan(limit);
      Thread.sleep(10);
    }
    return client.getJob(job.getJobId());
  }

  /** The first row's cells as text, NULL as null. */
  List<@Nullable String> row(String sql) throws InterruptedException {
    return rows(sql).get(0);
  }

  List<List<@Nullable String>> rows(String sql) throws InterruptedException {
    List<List<@Nullable String>> rows = new ArrayList<>();
    for (FieldValueList row : client.query(QueryJobConfiguration.of(sql)).iterateAll()) {
      List<@Nullable String> cells = new ArrayList<>();
      row.forEach(cell -> cells.add(cell.isNull() ? null : cell.getValue().toString()));
      rows.add(cells);
    }
    return rows;
  }

  void restart() throws SQLException {
    server.close();
    server = LocalBigQuery.start(settings());
    client = connect();
  }

  @Override
  public void close() throws SQLException {
    server.close();
  }

  /** The real time, or later. */
  static final class MovableClock extends Clock {
    private volatile Duration ahead = Duration.ZERO;

    void advance(Duration step) {
      ahead = ahead.plus(step);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("the local BigQuery lives in UTC");
    }

    @Override
    public Instant instant() {
      return Instant.now().plus(ahead);
    }
  }
}
