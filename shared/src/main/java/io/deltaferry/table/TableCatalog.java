package io.deltaferry.table;

import io.deltaferry.config.Problems;
import io.deltaferry.config.YamlFile;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Reads a table file, or says in one error everything that is wrong with it. */
public final class TableCatalog {
  /**
   * Where the environment has this variable, it replaces the whole {@code source} section: a
   * database URL, whose login may also stand in {@code DELTAFERRY_SOURCE_USER} and {@code
   * DELTAFERRY_SOURCE_PASSWORD}. The same file then serves another database.
   */
  public static final String SOURCE_URL = "DELTAFERRY_SOURCE_URL";

  private static final String DEFAULT_NAME = "tables.yaml";

  private TableCatalog() {}

  /**
   * Reads the table file at that path.
   *
   * @param environment supplies {@code ${NAME}} and {@link #SOURCE_URL}
   * @throws DeltaferryException TABLE_FILE_INVALID with every problem, a line each, sorted by line
   */
  public static TableFile read(Path file, Map<String, String> environment) {
    return read(file.toString(), text(file), environment);
  }

  /** As {@link #read(Path, Map)}, for text that is called {@code tables.yaml} in problems. */
  public static TableFile read(String text, Map<String, String> environment) {
    return read(DEFAULT_NAME, text, environment);
  }

  /**
   * As {@link #read(Path, Map)}, for text that was fetched from elsewhere.
   *
   * @param name what problems call the file, such as {@code gs://bucket/tables.yaml}
   */
  public static TableFile read(String name, String text, Map<String, String> environment) {
    Problems problems = new Problems(name);
    SourceConfig override = SourceOverride.of(environment).orElse(null);
    Optional<TableFile> file =
        YamlFile.read(text, environment, problems).map(top -> TableFileReader.read(top, override));
    problems.throwIfAny();
    return file.orElseThrow(
        () -> new DeltaferryException(ErrorCode.TABLE_FILE_INVALID, name + ": cannot be read"));
  }

  /**
   * The database of {@link #SOURCE_URL}, for those who have no table file yet.
   *
   * @return empty without that variable
   * @throws DeltaferryException SETTING_INVALID when the URL is none; it is not repeated
   */
  public static Optional<SourceConfig> source(Map<String, String> environment) {
    return SourceOverride.of(environment);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException notUtf8) {
      throw new DeltaferryException(
          ErrorCode.TABLE_FILE_INVALID, file + ": is not UTF-8 text", notUtf8);
    } catch (IOException unreadable) {
      throw new DeltaferryException(
          ErrorCode.TABLE_FILE_INVALID,
          "%s: cannot be read (%s); check the path and its permissions"
              .formatted(file, unreadable.getClass().getSimpleName()),
          unreadable);
    }
  }
}
