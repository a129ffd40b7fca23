package io.deltaferry.cli;

import io.deltaferry.cli.endpoint.DatabaseUrl;
import io.deltaferry.cli.endpoint.Located;
import io.deltaferry.table.TableCatalog;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where commands find the database that look into it. */
final class SourceOption {
  private static final String SOURCE_USER = "DELTAFERRY_SOURCE_USER";

  @Option(
      names = "--source",
      paramLabel = "URL",
      description = {
        "Reach the database here instead, such as through a proxy. PGUSER and PGPASSWORD count"
            + " where the URL holds no user and no password."
      })
  private @Nullable String source;

  /** With the database that was named, or else the one that the local stack reads. */
  Map<String, String> environment(Located located) {
    return with(source == null ? located.source() : source, System.getenv());
  }

  /** A user that the deployment's own variable names is nearer than whoever asks. */
  static Map<String, String> with(@Nullable String url, Map<String, String> process) {
    Map<String, String> variables = new HashMap<>(process);
    if (url != null) {
      Map<String, String> login = new HashMap<>(process);
      Optional.ofNullable(process.get(SOURCE_USER))
          .ifPresent(user -> login.putIfAbsent("PGUSER", user));
      variables.put(TableCatalog.SOURCE_URL, DatabaseUrl.withLogin(url, login));
    }
    return variables;
  }
}
