package io.deltaferry.config;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Collects everything that is wrong with one file, so that a person can mend it in one go. */
public final class Problems {
  private final String file;
  private final Set<Problem> found = new LinkedHashSet<>();

  private record Problem(int line, String path, String what) {}

  /**
   * @param file the name that starts every line of the message
   */
  public Problems(String file) {
    this.file = file;
  }

  /**
   * Notes a problem; the same one twice counts once.
   *
   * @param line from 1
   * @param path dotted keys, empty for the whole file
   * @param what never a secret's value
   */
  public void add(int line, String path, String what) {
    found.add(new Problem(line, path, what));
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /**
   * Ends the reading of the file.
   *
   * @throws DeltaferryException TABLE_FILE_INVALID when there are problems: a line each, sorted
   */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new DeltaferryException(ErrorCode.TABLE_FILE_INVALID, text());
    }
  }

  private String text() {
    return found.stream()
        .sorted(Comparator.comparingInt(Problem::line))
        .map(problem -> "%s:%d: %s".formatted(file, problem.line(), where(problem)))
        .collect(Collectors.joining("\n"));
  }

  private static String where(Problem problem) {
    return problem.path().isEmpty() ? problem.what() : problem.path() + ": " + problem.what();
  }
}
