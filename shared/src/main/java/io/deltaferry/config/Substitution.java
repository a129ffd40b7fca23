package io.deltaferry.config;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces {@code ${NAME}} by the environment's value; a second {@code $} in front keeps it. */
final class Substitution {
  private static final Pattern REFERENCE =
      Pattern.compile("(?<escaped>\\$\\$\\{)|\\$\\{(?<name>[^{}]*)}|\\$\\{");

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final Map<String, String> environment;

  Substitution(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** The text with every reference replaced; what cannot be replaced is noted at the place. */
  String apply(String written, Place place) {
    return REFERENCE
        .matcher(written)
        .replaceAll(match -> Matcher.quoteReplacement(replacement(match, place)));
  }

  private String replacement(MatchResult match, Place place) {
    if (match.group(1) != null) {
      return "${";
    }
    String name = match.group(2);
    if (name == null || !NAME.matcher(name).matches()) {
      place.problem("'${' starts no ${NAME}; write '$${' for the characters themselves");
      return "";
    }
    String value = environment.get(name);
    if (value == null) {
      place.problem("${%s} is not set in the environment".formatted(name));
      return "";
    }
    return value;
  }
}
