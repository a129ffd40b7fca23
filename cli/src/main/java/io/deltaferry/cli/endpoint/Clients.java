package io.deltaferry.cli.endpoint;

import com.google.cloud.NoCredentials;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.DataFormatOptions;

/** Google's own clients for a set of endpoints. */
public final class Clients {
  private Clients() {}

  /** Time stamps arrive as whole microseconds: their default, seconds as a float, loses some. */
  public static BigQuery bigQuery(Endpoints endpoints) {
    BigQueryOptions.Builder options =
        BigQueryOptions.newBuilder()
            .setDataFormatOptions(DataFormatOptions.newBuilder().useInt64Timestamp(true).build());
    if (endpoints.project() != null) {
      options.setProjectId(endpoints.project());
    }
    if (endpoints.bigquery() != null) {
      options.setHost(endpoints.bigquery()).setCredentials(NoCredentials.getInstance());
    }
    return options.build().getService();
  }
}
