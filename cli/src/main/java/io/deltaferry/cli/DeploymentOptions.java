package io.deltaferry.cli;

import io.deltaferry.cli.endpoint.Deployment;
import io.deltaferry.cli.endpoint.Located;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the commands that work on tables wherever they are kept. */
final class DeploymentOptions {
  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "The data directory of a running `deltaferry local` or `demo --keep`."
              + " Default: ./.deltaferry.")
  private @Nullable Path dataDir;

  @Option(
      names = "--tables",
      paramLabel = "FILE",
      description = {
        "The table file of a deployment in Google Cloud, a path or gs://bucket/object: with"
            + " application default credentials, in the project that the file names. A local stack"
            + " knows its own table file."
      })
  private @Nullable String tables;

  Deployment find() {
    return Deployment.find(dataDir, tables, System.getenv());
  }

  Located locate() {
    return Located.find(dataDir, tables, System.getenv());
  }
}
