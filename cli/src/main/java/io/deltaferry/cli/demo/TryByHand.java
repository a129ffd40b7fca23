package io.deltaferry.cli.demo;

import io.deltaferry.cli.endpoint.ReadyFile;
import io.deltaferry.cli.endpoint.ReadyStack;
import java.nio.file.Path;
import java.util.List;

/** What a person can do with a demo that keeps running, as commands to copy. */
public final class TryByHand {
  private TryByHand() {}

  /**
   * The lines.
   *
   * @param bucket of the staged parts
   * @param sourceUrl of the demo's database, for JDBC
   */
  public static List<String> lines(ReadyStack ready, String bucket, String sourceUrl) {
    String data =
        Path.of(ready.dataDir()).equals(ReadyFile.DEFAULT_DATA_DIR.toAbsolutePath().normalize())
            ? ""
            : " --data-dir '" + ready.dataDir() + "'";
    return List.of(
        "",
        "It keeps running until Ctrl-C or SIGTERM. In another terminal, first change a row:",
        "  psql '" + sourceUrl.substring("jdbc:".length()) + "' -c \\",
        "    \"UPDATE aviation.flights SET delay_minutes = 7, last_updated = now() WHERE id = 1\"",
        "then bring it over and look:",
        "  ./deltaferry sync flights" + data,
        "  ./deltaferry status" + data,
        "  ./deltaferry query" + data + " 'SELECT * FROM target.flights WHERE id = 1'",
        "",
        "The same with Google's own tools:",
        "  export CLOUDSDK_AUTH_DISABLE_CREDENTIALS=true CLOUDSDK_CORE_PROJECT=" + ready.project(),
        "  export CLOUDSDK_API_ENDPOINT_OVERRIDES_PUBSUB=" + ready.pubsubRest() + "/",
        "  export CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE=" + ready.storage() + "/storage/v1/",
        "  gcloud pubsub topics publish extract-requests --message '{\"table\":\"flights\"}'",
        "  gcloud storage ls gs://" + bucket + "/manifests/flights/",
        "  echo local > /tmp/token && export CLOUDSDK_AUTH_ACCESS_TOKEN_FILE=/tmp/token",
        "  bq --api " + ready.bigquery() + " query --nouse_legacy_sql \\",
        "    'SELECT COUNT(*) AS flights FROM target.flights'",
        "",
        "Where to look: the services' logs in "
            + ReadyStack.logs(Path.of(ready.dataDir()))
            + ", the staged parts in",
        "  " + ready.dataDir() + "/storage, the runs in control.sync_runs.");
  }
}
