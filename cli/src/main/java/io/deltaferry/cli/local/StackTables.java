package io.deltaferry.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The table file a local stack runs on: the person's own, its source replaced when another one is
 * given.
 *
 * @param file what the services read
 * @param environment what its {@code ${NAME}} refer to, beside the process's own variables
 */
public record StackTables(Path file, Map<String, String> environment) {
  /** Names the database; may hold a login, so it is never written to a file. */
  public static final String SOURCE_URL = "DELTAFERRY_SOURCE_URL";

  private static final String SOURCE_USER = "DELTAFERRY_SOURCE_USER";
  private static final String SOURCE_PASSWORD = "DELTAFERRY_SOURCE_PASSWORD";
  private static final Pattern HOLDS_USER = Pattern.compile("//[^/]*@|[?&]user=");

  public StackTables {
    environment = Map.copyOf(environment);
  }

  /**
   * Writes the file beside the stack's data.
   *
   * @param own the person's table file
   * @param sourceUrl a database URL, with or without a login
   * @param process the variables of this process; {@code PGUSER} and {@code PGPASSWORD} stand in
   *     for a login the URL does not hold
   */
  public static StackTables write(
      Path dataDir, Path own, String sourceUrl, Map<String, String> process) {
    YAMLMapper yaml = new YAMLMapper();
    Map<String, String> environment = new HashMap<>();
    environment.put(SOURCE_URL, sourceUrl);
    try {
      JsonNode document = yaml.readTree(Files.readString(own));
      if (!(document instanceof ObjectNode file)) {
        throw new IllegalArgumentException(own + " is not a table file: it holds no YAML mapping");
      }
      ObjectNode source = file.putObject("source");
      source.put("url", "${" + SOURCE_URL + "}");
      if (!HOLDS_USER.matcher(sourceUrl).find()) {
        source.put("user", "${" + SOURCE_USER + "}");
        environment.put(
            SOURCE_USER, process.getOrDefault("PGUSER", System.getProperty("user.name")));
        String password = process.get("PGPASSWORD");
        if (password != null) {
          source.put("password", "${" + SOURCE_PASSWORD + "}");
          environment.put(SOURCE_PASSWORD, password);
        }
      }
      Files.createDirectories(dataDir);
      Path written = dataDir.resolve("tables.yaml");
      Files.writeString(written, yaml.writeValueAsString(file));
      return new StackTables(written.toAbsolutePath(), environment);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the table file " + own, e);
    }
  }
}
