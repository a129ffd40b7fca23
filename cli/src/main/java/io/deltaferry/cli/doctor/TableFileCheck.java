package io.deltaferry.cli.doctor;

import io.deltaferry.cli.endpoint.Deployment;
import io.deltaferry.cli.endpoint.Located;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.table.TableCatalog;
import io.deltaferry.table.TableFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The table file holds no mistake. What it says is needed by every other check, so it is read
 * before they are made.
 *
 * @param tables what it says; empty when nobody can tell
 * @param noSource why the database's login is not known; empty when it is
 */
public record TableFileCheck(
    String name, Optional<TableFile> tables, Optional<String> noSource, Finding look)
    implements Check {
  /** As the table file's reader words it. */
  private static final Pattern UNSET =
      Pattern.compile("\\$\\{(\\w+)} is not set in the environment");

  @Override
  public String area() {
    return "table file";
  }

  /**
   * Reads it; a source that cannot be read here hides no other check.
   *
   * @param environment supplies the file's variables, and may name another database
   */
  static TableFileCheck read(Located located, Map<String, String> environment) {
    String name = located.tableFile();
    try {
      TableFile tables = located.read(environment);
      return new TableFileCheck(name, Optional.of(tables), Optional.empty(), ok(tables));
    } catch (DeltaferryException e) {
      return withoutSource(located, environment, e);
    }
  }

  private static TableFileCheck withoutSource(
      Located located, Map<String, String> environment, DeltaferryException problem) {
    Map<String, String> variables = new HashMap<>(environment);
    variables.put(TableCatalog.SOURCE_URL, Deployment.NO_SOURCE);
    String name = located.tableFile();
    try {
      TableFile tables = located.read(variables);
      String unset = unset(problem);
      return unset.isEmpty()
          ? new TableFileCheck(
              name,
              Optional.of(tables),
              Optional.of("the table file's source cannot be read"),
              invalid(problem))
          : new TableFileCheck(
              name,
              Optional.of(tables),
              Optional.of("this shell does not set " + unset + ", which the source needs"),
              ok(tables));
    } catch (DeltaferryException e) {
      return new TableFileCheck(name, Optional.empty(), Optional.empty(), invalid(problem));
    }
  }

  private static Finding ok(TableFile tables) {
    int count = tables.tables().size();
    return Finding.ok(count + (count == 1 ? " table" : " tables"));
  }

  private static Finding invalid(DeltaferryException problem) {
    List<Remedy> remedies = new ArrayList<>();
    problem.getMessage().lines().forEach(line -> remedies.add(Remedy.advice(line)));
    return Finding.missing(problem.code().name(), remedies.toArray(Remedy[]::new));
  }

  private static String unset(DeltaferryException problem) {
    return UNSET
        .matcher(problem.getMessage())
        .results()
        .map((MatchResult match) -> match.group(1))
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
