package io.deltaferry.cli.draft;

import java.util.ArrayList;
import java.util.List;

/**
 * An entry of {@code tables} that was found or converted, for a person to look through.
 *
 * @param name as the table file takes it
 * @param notes what to know of it, a comment each, above it
 * @param settings its lines
 * @param works whether a run of it can succeed; otherwise all of it is written as comments
 */
public record EntryDraft(String name, List<String> notes, List<Setting> settings, boolean works) {
  private static final String INDENT = "  ";

  public EntryDraft {
    notes = List.copyOf(notes);
    settings = List.copyOf(settings);
  }

  /**
   * A key and its value.
   *
   * @param value as YAML; with {@code block} the text itself
   * @param block whether it gets lines of its own
   * @param active whether it counts; otherwise a comment that somebody may make count
   */
  public record Setting(String key, String value, boolean block, boolean active) {
    /** Of one value. */
    public static Setting of(String key, String text) {
      return new Setting(key, YamlText.scalar(text), false, true);
    }

    /** Of a list. */
    public static Setting of(String key, List<String> texts) {
      return new Setting(key, YamlText.list(texts), false, true);
    }

    /** Of text with lines of its own. */
    public static Setting lines(String key, String text) {
      return new Setting(key, text, true, true);
    }

    /** The same as a comment. */
    public Setting off() {
      return new Setting(key, value, block, false);
    }
  }

  /** The same with one more reason why it cannot work. */
  public EntryDraft failing(String reason) {
    List<String> more = new ArrayList<>(notes);
    more.add("not carried over: " + reason);
    return new EntryDraft(name, more, settings, false);
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    notes.forEach(note -> lines.add(INDENT + "# " + YamlText.comment(note)));
    String start = works ? INDENT : INDENT + "# ";
    lines.add(start + name + ":");
    settings.forEach(
        setting ->
            text(setting)
                .lines()
                .forEach(
                    line ->
                        lines.add(
                            (start + INDENT + (setting.active() ? "" : "# ") + line)
                                .stripTrailing())));
    return lines;
  }

  private static String text(Setting setting) {
    String value = setting.block() ? YamlText.block(setting.value(), INDENT) : setting.value();
    return setting.key() + ": " + value;
  }
}
