package io.deltaferry.localgcp.bigquery.sql.function;

/** What must be known of an RE2 pattern besides its matches. */
final class RegularExpressions {
  private RegularExpressions() {}

  /**
   * 1 when the pattern has one capturing group, 0 when it has none; more are refused as BigQuery
   * does.
   */
  static int groups(String pattern) {
    int groups = 0;
    boolean set = false;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\') {
        i++;
      } else if (set) {
        set = c != ']';
      } else if (c == '[') {
        set = true;
      } else if (c == '(' && (!pattern.startsWith("(?", i) || pattern.startsWith("(?P<", i))) {
        groups++;
      }
    }
    if (groups > 1) {
      throw new IllegalArgumentException(
          "Regular expressions passed into extraction functions must not have more than 1"
              + " capturing group");
    }
    return groups;
  }
}
