package io.deltaferry.cli;

import io.deltaferry.cli.endpoint.Located;
import io.deltaferry.table.TableCatalog;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where commands find the database that look into it. */
final class SourceOption {
  private static final String SOURCE_PASSWORD = "DELTAFERRY_SOURCE_PASSWORD";

  @Option(
      names = "--source",
      paramLabel = "URL",
      description = {
        "Reach the database here instead, such as through a proxy. PGPASSWORD counts where the URL"
            + " holds no password."
      })
  private @Nullable String source;

  /** With the database that was named, or else the one that the local stack reads. */
  Map<String, String> environment(Located located) {
    Map<String, String> variables = new HashMap<>(System.getenv());
    String named = source == null ? located.source() : source;
    if (named != null) {
      variables.put(TableCatalog.SOURCE_URL, named);
      String password = variables.get("PGPASSWORD");
      if (password != null) {
        variables.put(SOURCE_PASSWORD, password);
      }
    }
    return variables;
  }
}
