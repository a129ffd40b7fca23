package io.deltaferry.extractor;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.gcp.CloudRunJob;
import io.deltaferry.gcp.SecretVersions;
import io.deltaferry.gcp.StoragePartSink;
import io.deltaferry.postgres.PostgresSource;
import io.deltaferry.postgres.SourceTurns;
import io.deltaferry.run.LongExtracts;
import io.deltaferry.service.ServiceParts;
import io.deltaferry.service.ServiceSettings;
import io.deltaferry.service.Stage;
import io.deltaferry.service.TableFileLocation;
import io.deltaferry.service.TaskSettings;
import io.deltaferry.table.TableFile;
import io.deltaferry.type.HashKey;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the extractor together. */
final class ExtractorWiring {
  private ExtractorWiring() {}

  /** The stage as the service runs it. */
  static Stage inService(ServiceParts parts, Map<String, String> environment) {
    TableFile tables = tables(parts, environment);
    return new StartJob(
        tables,
        turns(parts, ""),
        jobs(parts, environment),
        stage(parts, tables, Worker.service(parts.settings().budget())));
  }

  /** The stage as a task of the job runs it. */
  static Stage inJob(ServiceParts parts, Map<String, String> environment, TaskSettings task) {
    return stage(parts, tables(parts, environment), new Worker(task.execution(), task.budget()));
  }

  private static LongExtracts jobs(ServiceParts parts, Map<String, String> environment) {
    String job = environment.getOrDefault(ServiceSettings.EXTRACT_JOB, "");
    return job.isBlank() ? ExtractorWiring::noJob : new CloudRunJob(job, parts.clients());
  }

  private static void noJob(Map<String, String> request) {
    throw new DeltaferryException(
        ErrorCode.SETTING_INVALID,
        "the table has extract_in: job, and "
            + ServiceSettings.EXTRACT_JOB
            + " is not set: this deployment has no such job; apply Terraform with this table file,"
            + " or remove extract_in from it");
  }

  private static TakeTurn turns(ServiceParts parts, String execution) {
    return new TakeTurn(
        parts.control(), ServiceParts::newAttempt, parts.journal(), parts.clock(), execution);
  }

  private static TableFile tables(ServiceParts parts, Map<String, String> environment) {
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
    return tables;
  }

  private static Stage stage(ServiceParts parts, TableFile file, Worker worker) {
    HashKey hashKey = hashKey(file);
    TableFile tables = hashKey == null ? file : file.keyed(hashKey.id());
    PostgresSource database =
        new PostgresSource(
            tables.source(), SecretVersions.resolve(tables.source().password()), hashKey);
    Source source =
        new Database(
            database,
            new SourceTurns(database, parts.settings().bucket(), tables.source().maxSessions()));
    PlanRun plans =
        new PlanRun(
            tables.target(), new Progress(parts.warehouse()), parts.control(), parts.clock());
    ExtractSlice slices =
        new ExtractSlice(
            worker,
            source,
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
        turns(parts, worker.execution()),
        plans,
        new RunSlices(
            parts.control(),
            slices,
            completion,
            parts.runEnd(),
            plan -> HiddenColumns.require(plan, tables)),
        parts.runEnd(),
        parts.journal());
  }

  /** Asked for only where it is needed, and null otherwise. */
  static @Nullable HashKey hashKey(TableFile tables) {
    if (!tables.hashes()) {
      return null;
    }
    try {
      return HashKey.of(SecretVersions.resolve(tables.hashKey()));
    } catch (IllegalArgumentException refused) {
      throw new DeltaferryException(
          ErrorCode.SETTING_INVALID,
          "the secret that the table file's `hash_key` names is too short: "
              + refused.getMessage());
    }
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
