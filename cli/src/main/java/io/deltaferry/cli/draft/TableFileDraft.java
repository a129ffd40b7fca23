package io.deltaferry.cli.draft;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A whole table file to be looked through.
 *
 * @param head comments above everything
 * @param source values of its section by key, as YAML
 * @param target values of its section by key, as YAML
 * @param tail comments below everything
 */
public record TableFileDraft(
    List<String> head,
    Map<String, String> source,
    Map<String, String> target,
    String bucket,
    List<EntryDraft> entries,
    List<String> tail) {
  /** Where the login stands: neither is ever written down. */
  public static final String USER = YamlText.variable("DELTAFERRY_SOURCE_USER");

  public static final String PASSWORD = YamlText.variable("DELTAFERRY_SOURCE_PASSWORD");

  public TableFileDraft {
    head = List.copyOf(head);
    entries = List.copyOf(entries);
    tail = List.copyOf(tail);
  }

  /** Whether the table file's reader takes it, who refuses one without any table. */
  public boolean holdsTables() {
    return entries.stream().anyMatch(EntryDraft::works);
  }

  /** The file, which ends with a line break. */
  public String text() {
    List<String> lines = new ArrayList<>();
    head.forEach(line -> lines.add(comment(line)));
    section(lines, "source", source);
    section(lines, "target", target);
    lines.add("bucket: " + bucket);
    lines.add("tables:");
    for (EntryDraft entry : entries) {
      lines.add("");
      lines.addAll(entry.lines());
    }
    if (!tail.isEmpty()) {
      lines.add("");
      tail.forEach(line -> lines.add(comment(line)));
    }
    return String.join("\n", lines) + "\n";
  }

  private static void section(List<String> lines, String name, Map<String, String> values) {
    lines.add(name + ":");
    values.forEach((key, value) -> lines.add("  " + key + ": " + value));
  }

  private static String comment(String line) {
    return line.isEmpty() ? "#" : "# " + YamlText.comment(line);
  }
}
