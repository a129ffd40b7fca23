package io.deltaferry.extractor;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.gcp.SecretVersions;
import io.deltaferry.gcp.StoragePartSink;
import io.deltaferry.postgres.PostgresSource;
import io.deltaferry.postgres.SourceTurns;
import io.deltaferry.service.ServiceParts;
import io.deltaferry.service.ServiceSettings;
import io.deltaferry.service.Stage;
import io.deltaferry.service.TableFileLocation;
import io.deltaferry.table.TableFile;
import java.util.Map;

/** Puts the extractor together. */
final class ExtractorWiring {
  /** How many sessions of all instances read rows at a time. */
  private static final int MOST_SESSIONS = 16;

  private ExtractorWiring() {}

  /** The stage as the service, or an execution of the job, runs it. */
  static Stage stage(ServiceParts parts, Map<String, String> environment, Worker worker) {
    TableFile tables = TableFileLocation.read(environment, parts.storage());
    checkSame("target.project", tables.target().project(), parts.settings().project());
    checkSame("bucket", tables.bucket(), parts.settings().bucket());
    checkSame("target.location", tables.target().location(), parts.settings().location());
    checkSame(
        "target.control_dataset",
        tables.target().controlDataset(),
        parts.settings().controlDataset());
    checkSame(
        "topic_prefix",
        tables.topicPrefix(),
        environment.getOrDefault(ServiceSettings.TOPIC_PREFIX, ""));
    PostgresSource source =
        new PostgresSource(tables.source(), SecretVersions.resolve(tables.source().password()));
    PlanRun plans =
        new PlanRun(
            tables.target(), new Progress(parts.warehouse()), parts.control(), parts.clock());
    ExtractSlice slices =
        new ExtractSlice(
            worker,
            new SourceTurns(source, parts.settings().bucket(), MOST_SESSIONS),
            new CutSlice(source),
            parts.control(),
            prefix -> new StoragePartSink(parts.storage(), parts.settings().bucket(), prefix),
            parts.journal(),
            parts.clock(),
            ServiceParts::newAttempt,
            CopyPermits.forHeap(Runtime.getRuntime().maxMemory()));
    CompleteRun completion =
        new CompleteRun(
            parts.control(),
            parts.publisher(),
            parts.runEnd(),
            parts.journal(),
            parts.settings(),
            parts.clock());
    return new ExtractDelta(
        worker,
        tables,
        source,
        parts.control(),
        new TakeTurn(
            parts.control(),
            ServiceParts::newAttempt,
            parts.journal(),
            parts.clock(),
            worker.execution()),
        plans,
        new RunSlices(parts.control(), slices, completion, parts.runEnd()),
        parts.runEnd(),
        parts.journal());
  }

  /** The later services know only their environment; a table file that differs would split runs. */
  private static void checkSame(String key, String inFile, String inEnvironment) {
    if (!inFile.equals(inEnvironment)) {
      throw new DeltaferryException(
          ErrorCode.SETTING_INVALID,
          "the table file's `"
              + key
              + "` is "
              + inFile
              + ", but the services run with "
              + inEnvironment
              + "; make the services' environment agree with the file");
    }
  }
}
