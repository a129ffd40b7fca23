package io.deltaferry.cli.manifest;

import io.deltaferry.cli.draft.TableFileDraft;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The {@code source} section of a manifest's connection. Its values are names of variables, which
 * the table file reads too; what is not one of them and could be a secret is never written down.
 */
final class SourceOfManifest {
  private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]*");
  private static final Pattern PLACE = Pattern.compile("[A-Za-z0-9._-]+");

  private SourceOfManifest() {}

  /**
   * The section, as YAML by key.
   *
   * @param lost gets what was not carried over
   */
  static Map<String, String> of(Map<String, String> connection, List<String> lost) {
    String host = place(connection, "host", "db.example.com", lost);
    String port = place(connection, "port", "5432", lost);
    String database = place(connection, "database", "database", lost);
    Map<String, String> source = new LinkedHashMap<>();
    source.put("url", "'jdbc:postgresql://%s:%s/%s'".formatted(host, port, database));
    source.put("user", login(connection, "user", TableFileDraft.USER));
    source.put("password", login(connection, "pass", TableFileDraft.PASSWORD));
    return source;
  }

  private static String place(
      Map<String, String> connection, String key, String otherwise, List<String> lost) {
    String value = connection.get(key);
    if (value == null || !PLACE.matcher(value).matches()) {
      lost.add(
          "connection_info.%s: %s; write it into source.url"
              .formatted(key, value == null ? "is not there" : "is neither a variable nor a name"));
      return otherwise;
    }
    return VARIABLE.matcher(value).matches() ? "${" + value + "}" : value;
  }

  private static String login(Map<String, String> connection, String key, String otherwise) {
    String value = connection.getOrDefault(key, "");
    return VARIABLE.matcher(value).matches() ? "${" + value + "}" : otherwise;
  }
}
