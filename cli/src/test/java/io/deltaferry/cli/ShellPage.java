package io.deltaferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page that shows commands.
 *
 * @param text as it is written
 */
record ShellPage(String text) {
  private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|\\S+");

  /** The page of that path below the project's own folder. */
  static ShellPage read(String path) {
    try {
      return new ShellPage(Files.readString(Path.of("..").resolve(path)));
    } catch (IOException e) {
      throw new AssertionError("the tests run in the module's own folder", e);
    }
  }

  /** The blocks in that language. */
  List<String> blocks(String language) {
    return BLOCK
        .matcher(text)
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2))
        .toList();
  }

  /** The lines of all shell blocks that run this program, without their comments. */
  List<String> commandsOf(String program) {
    List<String> commands =
        blocks("sh").stream()
            .flatMap(String::lines)
            .map(line -> line.replaceFirst("\\s+# .*$", "").strip())
            .filter(line -> line.startsWith(program + " "))
            .toList();
    assertThat(commands).isNotEmpty();
    return commands;
  }

  /** The words that a shell would make of a command without variables. */
  static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(command);
    while (matcher.find()) {
      String quoted = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
      words.add(quoted == null ? matcher.group() : quoted);
    }
    return words;
  }
}
