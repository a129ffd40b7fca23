package io.deltaferry.cli.query;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobStatistics.QueryStatistics;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.TableResult;
import java.io.PrintWriter;

/** Runs one GoogleSQL statement or script and prints what it returns. */
public final class RunQuery {
  private static final int ROWS_PER_LOOK = 1_000;

  private final BigQuery bigQuery;
  private final PrintWriter out;
  private final PrintWriter notes;

  /**
   * @param out takes the rows and nothing else
   * @param notes takes what a person should know beside the rows
   */
  public RunQuery(BigQuery bigQuery, PrintWriter out, PrintWriter notes) {
    this.bigQuery = bigQuery;
    this.out = out;
    this.notes = notes;
  }

  /**
   * Rows are read page by page: memory is constant.
   *
   * @throws com.google.cloud.bigquery.BigQueryException when BigQuery refuses the statement
   */
  public void run(String sql, ResultFormat format) throws InterruptedException {
    Job job = bigQuery.create(JobInfo.of(QueryJobConfiguration.newBuilder(sql).build()));
    Job done = job.waitFor();
    if (done == null) {
      throw new IllegalStateException("the query's job disappeared before it was done");
    }
    QueryStatistics statistics = done.getStatistics();
    if (statistics.getNumDmlAffectedRows() != null) {
      notes.println(statistics.getNumDmlAffectedRows() + " rows affected");
      return;
    }
    TableResult result = done.getQueryResults();
    Schema schema = result.getSchema();
    if (schema == null || schema.getFields().isEmpty()) {
      notes.println("done");
      return;
    }
    print(result.iterateAll(), format.writer(schema.getFields(), out), out);
  }

  /** Rows that nobody can take are not fetched; that they are missing is told where all ends. */
  static void print(Iterable<FieldValueList> rows, RowWriter writer, PrintWriter out) {
    long printed = 0;
    for (FieldValueList row : rows) {
      writer.row(row);
      printed++;
      if (printed % ROWS_PER_LOOK == 0 && out.checkError()) {
        break;
      }
    }
    writer.end();
  }
}
