package io.deltaferry.cli.query;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** How many columns of a terminal a text takes, which the JDK does not know. */
public final class DisplayWidth {
  /** One user-perceived character, however many code points it is made of. */
  private static final Pattern GRAPHEME = Pattern.compile("\\X");

  private static final Set<UnicodeScript> WIDE_SCRIPTS =
      EnumSet.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.HANGUL,
          UnicodeScript.BOPOMOFO,
          UnicodeScript.YI);

  private DisplayWidth() {}

  public static int of(String text) {
    return GRAPHEME
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .mapToInt(DisplayWidth::ofGrapheme)
        .sum();
  }

  /** Cuts a text to at most {@code columns}, the last of them a mark that something is missing. */
  public static String cut(String text, int columns) {
    if (of(text) <= columns) {
      return text;
    }
    StringBuilder kept = new StringBuilder();
    int width = 0;
    for (String grapheme : GRAPHEME.matcher(text).results().map(MatchResult::group).toList()) {
      width += ofGrapheme(grapheme);
      if (width > columns - 1) {
        break;
      }
      kept.append(grapheme);
    }
    return kept.append('…').toString();
  }

  private static int ofGrapheme(String grapheme) {
    if (grapheme.codePoints().anyMatch(DisplayWidth::isWide)) {
      return 2;
    }
    return grapheme.codePoints().allMatch(DisplayWidth::takesNoColumn) ? 0 : 1;
  }

  private static boolean isWide(int codePoint) {
    boolean emoji = codePoint >= 0x1F1E6 && codePoint <= 0x1FAFF;
    boolean fullWidth =
        (codePoint >= 0xFF01 && codePoint <= 0xFF60)
            || (codePoint >= 0x3000 && codePoint <= 0x303E);
    boolean halfWidth = codePoint >= 0xFF61 && codePoint <= 0xFFDC;
    return emoji || fullWidth || (!halfWidth && WIDE_SCRIPTS.contains(UnicodeScript.of(codePoint)));
  }

  private static boolean takesNoColumn(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT
        || type == Character.CONTROL;
  }
}
