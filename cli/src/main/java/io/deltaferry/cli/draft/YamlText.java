package io.deltaferry.cli.draft;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Values as the table file's reader takes them for the same text again. */
public final class YamlText {
  /** Text that is text in YAML without any quotes, also within a list. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_./-]*");

  /** Plain words that YAML, or a person, takes for something else. */
  private static final Set<String> WORDS =
      Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

  private static final Pattern UNPRINTABLE =
      Pattern.compile(
          "[^\\x20-\\x7e\\x{a0}-\\x{2027}\\x{202a}-\\x{d7ff}\\x{e000}-\\x{fefe}\\x{ff00}-\\x{fffd}]");

  private YamlText() {}

  /** One value, in quotes where it needs them. A {@code $} before a brace is doubled. */
  public static String scalar(String text) {
    String kept = escaped(text);
    if (PLAIN.matcher(kept).matches() && !WORDS.contains(kept.toLowerCase(java.util.Locale.ROOT))) {
      return kept;
    }
    return UNPRINTABLE.matcher(kept).find()
        ? doubleQuoted(kept)
        : "'" + kept.replace("'", "''") + "'";
  }

  /** A value that the reader takes from the environment. */
  static String variable(String name) {
    return "${" + name + "}";
  }

  public static String list(List<String> texts) {
    return texts.stream().map(YamlText::scalar).collect(Collectors.joining(", ", "[", "]"));
  }

  /** Lines below their key, further in than that. */
  static String block(String text, String indent) {
    String kept = escaped(text.strip());
    if (kept.lines().anyMatch(line -> UNPRINTABLE.matcher(line).find())) {
      return doubleQuoted(kept);
    }
    return kept.lines()
        .map(line -> line.isBlank() ? "" : indent + line.stripTrailing())
        .collect(Collectors.joining("\n", "|-\n", ""));
  }

  /** What may stand behind a {@code #}: names can hold line breaks. */
  static String comment(String text) {
    return UNPRINTABLE.matcher(text.replace('\n', ' ')).replaceAll("?");
  }

  private static String escaped(String text) {
    return text.replace("${", "$${");
  }

  /** JSON's strings are YAML's, but for the two signs that end a line there. */
  private static String doubleQuoted(String text) {
    StringBuilder quoted = new StringBuilder();
    new TextNode(text)
        .toString()
        .codePoints()
        .forEach(
            sign -> {
              if (sign >= ' ' && !UNPRINTABLE.matcher(Character.toString(sign)).matches()) {
                quoted.appendCodePoint(sign);
              } else {
                quoted.append("\\U%08x".formatted(sign));
              }
            });
    return quoted.toString();
  }
}
