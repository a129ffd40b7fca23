package io.deltaferry.cli.google;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.storage.Storage;
import io.deltaferry.gcp.BigQueryWarehouse;
import io.deltaferry.gcp.GoogleClients;
import io.deltaferry.localgcp.LocalGcp;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** BigQuery and Cloud Storage of a test, with the clients that the services make. */
public final class LocalGoogle implements AutoCloseable {
  public static final String PROJECT = "shop";

  private final LocalGcp apis;
  private final BigQuery bigQuery;
  private final Storage storage;

  public LocalGoogle(Path directory) throws SQLException {
    apis =
        LocalGcp.start(new LocalGcp.Settings(directory, LocalGcp.Ports.FREE, 1, Clock.systemUTC()));
    GoogleClients clients =
        new GoogleClients(
            PROJECT,
            Map.of(
                "BIGQUERY_EMULATOR_HOST", apis.bigQuery().url(),
                "STORAGE_EMULATOR_HOST", apis.storage().url()));
    bigQuery = clients.bigQuery();
    storage = clients.storage();
  }

  public BigQuery bigQuery() {
    return bigQuery;
  }

  public Storage storage() {
    return storage;
  }

  /** One that waits so long for each job. */
  public BigQueryWarehouse warehouse(Duration patience) {
    return new BigQueryWarehouse(bigQuery, PROJECT, "US", patience);
  }

  @Override
  public void close() {
    apis.close();
  }
}
