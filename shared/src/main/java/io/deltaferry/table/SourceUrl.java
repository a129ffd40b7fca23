package io.deltaferry.table;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A database URL taken apart, so that what is kept and printed holds no login.
 *
 * @param jdbcUrl without user and password
 */
record SourceUrl(String jdbcUrl, @Nullable String user, @Nullable String password) {
  private static final Pattern URL =
      Pattern.compile(
          "(?:jdbc:)?postgres(?:ql)?://(?:(?<login>.*)@)?(?<host>[^/@?]*)/(?<database>[^?/]+)(?:\\?(?<properties>.*))?");

  /**
   * Reads a JDBC URL or PostgreSQL's own form of one.
   *
   * @throws IllegalArgumentException with what is wrong; the URL itself is not repeated
   */
  static SourceUrl parse(String text) {
    Matcher matcher = URL.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "must have the form jdbc:postgresql://host:5432/database or"
              + " postgresql://user:password@host:5432/database");
    }
    String login = matcher.group("login");
    String user = login == null ? null : decoded(login.split(":", 2)[0]);
    String password =
        login == null || !login.contains(":") ? null : decoded(login.split(":", 2)[1]);
    List<String> kept = new ArrayList<>();
    for (String property : properties(matcher.group("properties"))) {
      String[] pair = property.split("=", 2);
      String value = pair.length == 2 ? pair[1] : "";
      switch (pair[0].toLowerCase(Locale.ROOT)) {
        case "user" -> user = decoded(value);
        case "password" -> password = decoded(value);
        default -> kept.add(property);
      }
    }
    String base =
        "jdbc:postgresql://%s/%s".formatted(matcher.group("host"), matcher.group("database"));
    return new SourceUrl(
        kept.isEmpty() ? base : base + "?" + String.join("&", kept), user, password);
  }

  private static List<String> properties(@Nullable String text) {
    return text == null || text.isEmpty() ? List.of() : List.of(text.split("&"));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException refused) {
      throw new IllegalArgumentException(
          "holds a % that is not followed by two hex digits; write %25 for the sign itself");
    }
  }

  @Override
  public String toString() {
    return "SourceUrl[" + jdbcUrl + "]";
  }
}
