package io.deltaferry.config;

import java.io.StringReader;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;

/** Reads YAML text into sections that know their lines. */
public final class YamlFile {
  private YamlFile() {}

  /**
   * The one document of the text.
   *
   * @return empty after noting why the text is no YAML mapping
   */
  public static Optional<Section> read(
      String text, Map<String, String> environment, Problems problems) {
    Place top = new Place(problems, 1, "");
    try {
      Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
      if (root instanceof MappingNode mapping) {
        return Optional.of(new Section(top, mapping, new Substitution(environment)));
      }
      top.problem(
          root == null ? "the file is empty" : "the file must hold keys and values, one a line");
    } catch (YAMLException refused) {
      problems.add(line(refused, text), "", "not valid YAML: " + what(refused));
    }
    return Optional.empty();
  }

  private static int line(YAMLException refused, String text) {
    if (refused instanceof MarkedYAMLException marked) {
      Mark mark = marked.getProblemMark();
      return mark == null ? 1 : mark.getLine() + 1;
    }
    if (refused instanceof ReaderException reader) {
      return (int) text.codePoints().limit(reader.getPosition()).filter(c -> c == '\n').count() + 1;
    }
    return 1;
  }

  /** SnakeYAML's own snippet of the file is left out: it may show a password. */
  private static String what(YAMLException refused) {
    if (refused instanceof ReaderException) {
      return "it holds a control character";
    }
    String problem =
        refused instanceof MarkedYAMLException marked ? marked.getProblem() : refused.getMessage();
    return hideNames(problem);
  }

  private static String hideNames(@Nullable String problem) {
    if (problem == null) {
      return "its structure cannot be read";
    }
    return problem.startsWith("found undefined alias")
        ? "a value that starts with * must be quoted"
        : problem.lines().findFirst().orElse("");
  }
}
