package io.deltaferry.cli.manifest;

import io.deltaferry.config.NearestName;
import io.deltaferry.config.Problems;
import io.deltaferry.config.Section;
import io.deltaferry.config.Setting;
import io.deltaferry.config.YamlFile;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a manifest. A key that is missing is a problem; one that nobody knows is said. */
public final class ReadManifest {
  static final String QUERY = "import_query";
  static final String DATABASE = "import_db";
  static final String EXPORT_TABLE = "export_table";
  static final String KEY = "export_table_primary_key";

  /** Without these there is nothing to convert. */
  private static final Map<String, String> REQUIRED =
      Map.of(
          QUERY, "the SELECT that reads the table",
          EXPORT_TABLE, "the name of the target table",
          KEY, "the columns that identify a row");

  private static final List<String> TOP = List.of("connection_info", "tables");

  private static final List<String> CONNECTION =
      List.of("host", "port", "database", "user", "pass");

  /** Newer manifests name several connections; the source's is the one that is read. */
  private static final String SOURCE_CONNECTION = "postgres_source_connection";

  private ReadManifest() {}

  /**
   * The manifest.
   *
   * @param name what problems call the file
   * @throws DeltaferryException TABLE_FILE_INVALID with every problem, a line each
   */
  public static Manifest of(String name, String text) {
    Problems problems = new Problems(name);
    Optional<Manifest> manifest =
        YamlFile.read(text, Map.of(), problems).map(ReadManifest::manifest);
    problems.throwIfAny();
    return manifest.orElseThrow(
        () -> new DeltaferryException(ErrorCode.TABLE_FILE_INVALID, name + ": cannot be read"));
  }

  private static Manifest manifest(Section top) {
    Section tables = top.requiredSection("tables", "this is no manifest").orElse(null);
    List<Manifest.Table> read = new ArrayList<>();
    if (tables != null) {
      for (String name : tables.keys()) {
        tables.section(name).ifPresent(section -> read.add(table(name, section)));
      }
      if (tables.keys().isEmpty()) {
        tables.problem("is empty");
      }
    }
    return new Manifest(connection(top), read, unknown(top, TOP));
  }

  private static Map<String, String> connection(Section top) {
    Section info = top.section("connection_info").orElse(null);
    Section section =
        info != null && info.holdsSection(SOURCE_CONNECTION)
            ? info.section(SOURCE_CONNECTION).orElse(null)
            : info;
    return section == null ? Map.of() : values(section, CONNECTION);
  }

  private static Manifest.Table table(String name, Section section) {
    boolean whole = REQUIRED.keySet().stream().allMatch(section::has);
    REQUIRED.forEach(section::requiredText);
    if (!whole) {
      // What is missing may be there under a name that was mistyped.
      section.refuseOthers(ManifestKeys.ALL);
    }
    return new Manifest.Table(
        name, values(section, ManifestKeys.ALL), unknown(section, ManifestKeys.ALL));
  }

  private static Map<String, String> values(Section section, List<String> keys) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String key : keys) {
      if (section.holdsSection(key)) {
        values.put(key, "");
      } else if (section.has(key)) {
        section.text(key).map(Setting::value).ifPresent(value -> values.put(key, value.strip()));
      }
    }
    return values;
  }

  private static List<String> unknown(Section section, List<String> known) {
    return section.keys().stream()
        .filter(key -> !known.contains(key))
        .map(
            key ->
                "unknown key '%s'%s"
                    .formatted(
                        key,
                        NearestName.of(key, known)
                            .map(", did you mean '%s'?"::formatted)
                            .orElse("")))
        .toList();
  }
}
