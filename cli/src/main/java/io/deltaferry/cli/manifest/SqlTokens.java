package io.deltaferry.cli.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** SQL text cut where nothing encloses it: no bracket, no string, no CASE, no comment. */
final class SqlTokens {
  private static final Pattern TOKEN =
      Pattern.compile(
          "'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\\n]*|/\\*(?s:.*?)\\*/"
              + "|[A-Za-z_][A-Za-z0-9_$]*|\\s+|(?s:.)");

  private static final Set<String> OPENING = Set.of("(", "[", "CASE");
  private static final Set<String> CLOSING = Set.of(")", "]", "END");

  private final String sql;
  private final List<Token> tokens = new ArrayList<>();

  /**
   * A sign, word or string.
   *
   * @param word in upper case
   * @param depth 0 when nothing encloses it
   */
  record Token(String word, int start, int end, int depth) {
    boolean is(String keyword) {
      return depth == 0 && word.equals(keyword);
    }
  }

  private SqlTokens(String sql) {
    this.sql = sql;
  }

  static SqlTokens of(String sql) {
    SqlTokens tokens = new SqlTokens(sql);
    Matcher matcher = TOKEN.matcher(sql);
    int depth = 0;
    while (matcher.find()) {
      String text = matcher.group();
      String word = text.toUpperCase(Locale.ROOT);
      if (!text.isBlank() && !text.startsWith("--") && !text.startsWith("/*")) {
        depth -= CLOSING.contains(word) ? 1 : 0;
        tokens.tokens.add(new Token(word, matcher.start(), matcher.end(), depth));
        depth += OPENING.contains(word) ? 1 : 0;
      }
    }
    return tokens;
  }

  List<Token> all() {
    return tokens;
  }

  boolean has(String keyword) {
    return tokens.stream().anyMatch(token -> token.is(keyword));
  }

  /** Whether that name stands before a dot, in whatever case: two that differ so are rare. */
  boolean qualifies(String name) {
    String wanted = name.replace("\"", "");
    for (int at = 1; at < tokens.size(); at++) {
      String before = tokens.get(at - 1).word().replace("\"", "");
      if (tokens.get(at).word().equals(".") && before.equalsIgnoreCase(wanted)) {
        return true;
      }
    }
    return false;
  }

  /** The place of the first of these words from there on, or the end. */
  int first(Set<String> keywords, int from) {
    for (int at = from; at < tokens.size(); at++) {
      Token token = tokens.get(at);
      boolean distinctFrom = at > 0 && tokens.get(at - 1).is("DISTINCT") && token.is("FROM");
      if (token.depth() == 0 && keywords.contains(token.word()) && !distinctFrom) {
        return at;
      }
    }
    return tokens.size();
  }

  /** The text of the tokens from one place to before another one. */
  String text(int from, int to) {
    return from >= to ? "" : sql.substring(tokens.get(from).start(), tokens.get(to - 1).end());
  }

  /** The pieces between these words. An AND that belongs to a BETWEEN is no end of a piece. */
  List<String> split(String keyword) {
    List<String> pieces = new ArrayList<>();
    int start = 0;
    boolean between = false;
    for (int at = 0; at < tokens.size(); at++) {
      Token token = tokens.get(at);
      if (token.is(keyword) && !between) {
        pieces.add(text(start, at));
        start = at + 1;
      } else if (token.is("BETWEEN") || token.is("AND")) {
        between = token.is("BETWEEN");
      }
    }
    pieces.add(text(start, tokens.size()));
    return pieces.stream().filter(piece -> !piece.isEmpty()).toList();
  }
}
