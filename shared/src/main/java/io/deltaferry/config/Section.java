package io.deltaferry.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A mapping of a file, read key by key; whatever is wrong is noted with its line and the value
 * taken as absent.
 */
public final class Section {
  private final Place place;
  private final Substitution substitution;
  private final Map<String, NodeTuple> entries = new LinkedHashMap<>();

  Section(Place place, MappingNode mapping, Substitution substitution) {
    this.place = place;
    this.substitution = substitution;
    mapping.getValue().forEach(this::add);
  }

  private void add(NodeTuple entry) {
    int line = line(entry.getKeyNode());
    if (!(entry.getKeyNode() instanceof ScalarNode key)) {
      new Place(place.problems(), line, place.path()).problem("a key must be plain text");
    } else if (entries.putIfAbsent(key.getValue(), entry) != null) {
      place.child(line, key.getValue()).problem("stands here a second time");
    }
  }

  /** The keys in the file's order. */
  public List<String> keys() {
    return List.copyOf(entries.keySet());
  }

  public boolean has(String key) {
    return entries.containsKey(key);
  }

  /** The text at that key, or empty. */
  public Optional<Setting> text(String key) {
    return entry(key).flatMap(node -> setting(place(key, node), node));
  }

  /** The text at that key, or empty; {@code null} is a word here and not the absence of one. */
  public Optional<Setting> word(String key) {
    return entry(key)
        .flatMap(
            node ->
                node instanceof ScalarNode scalar && scalar.getValue().equals("null")
                    ? Optional.of(new Setting(place(key, node), "null", "null"))
                    : setting(place(key, node), node));
  }

  /** The text at that key; noted as missing when it is not there. */
  public Optional<Setting> requiredText(String key, String hint) {
    if (!has(key)) {
      missing(key, hint);
    }
    return text(key);
  }

  /** The list of texts at that key, or empty; a list without elements is refused. */
  public Optional<List<Setting>> texts(String key) {
    return entry(key).flatMap(node -> elements(place(key, node), node));
  }

  /** The mapping at that key, or empty; its own line is the key's. */
  public Optional<Section> section(String key) {
    return entry(key).flatMap(node -> mapping(place.child(keyLine(key), key), node));
  }

  /** The mapping at that key; noted as missing when it is not there. */
  public Optional<Section> requiredSection(String key, String hint) {
    if (!has(key)) {
      missing(key, hint);
    }
    return section(key);
  }

  /** Whether the value at that key is itself a mapping. */
  public boolean holdsSection(String key) {
    return entry(key).filter(MappingNode.class::isInstance).isPresent();
  }

  /** Whether the value at that key is a list. */
  public boolean holdsList(String key) {
    return entry(key).filter(SequenceNode.class::isInstance).isPresent();
  }

  /** Notes a problem of the whole section. */
  public void problem(String what) {
    place.problem(what);
  }

  /** Notes a problem of that key, present or not. */
  public void problem(String key, String what) {
    place.child(keyLine(key), key).problem(what);
  }

  /** Notes every key that is not among the known ones, with the nearest of them. */
  public void refuseOthers(List<String> known) {
    refuseOthers(known, key -> "unknown key");
  }

  /**
   * As {@link #refuseOthers(List)}, for a caller that knows why some keys do not belong here.
   *
   * @param reason what to say about a key
   */
  public void refuseOthers(List<String> known, UnaryOperator<String> reason) {
    for (String key : entries.keySet()) {
      int colon = key.indexOf(':');
      if (colon > 0) {
        problem(key, key.substring(0, colon), "needs a space after its colon");
      } else if (!known.contains(key)) {
        String nearest =
            NearestName.of(key, known).map(", did you mean '%s'?"::formatted).orElse("");
        problem(key, reason.apply(key) + nearest);
      }
    }
  }

  /** As {@link #problem(String, String)}, showing less of a key that may have swallowed a value. */
  private void problem(String key, String shown, String what) {
    place.child(keyLine(key), shown).problem(what);
  }

  private void missing(String key, String hint) {
    problem(key, "is missing; " + hint);
  }

  private Optional<Node> entry(String key) {
    return Optional.ofNullable(entries.get(key)).map(NodeTuple::getValueNode);
  }

  private int keyLine(String key) {
    NodeTuple entry = entries.get(key);
    return entry == null ? place.line() : line(entry.getKeyNode());
  }

  private Place place(String key, Node node) {
    return place.child(line(node), key);
  }

  private Optional<Setting> setting(Place at, Node node) {
    if (!(node instanceof ScalarNode scalar)) {
      at.problem("must be one value, not a " + kind(node));
      return Optional.empty();
    }
    if (isNothing(scalar)) {
      at.problem("has no value; give one or remove the key");
      return Optional.empty();
    }
    String value = substitution.apply(scalar.getValue(), at);
    return Optional.of(new Setting(at, scalar.getValue(), value));
  }

  private Optional<List<Setting>> elements(Place at, Node node) {
    if (!(node instanceof SequenceNode sequence)) {
      at.problem("must be a list, such as [id]");
      return Optional.empty();
    }
    if (sequence.getValue().isEmpty()) {
      at.problem("is an empty list; name something or remove the key");
      return Optional.empty();
    }
    List<Setting> settings = new ArrayList<>();
    for (Node element : sequence.getValue()) {
      setting(at.element(line(element), settings.size()), element).ifPresent(settings::add);
    }
    return Optional.of(settings);
  }

  private Optional<Section> mapping(Place at, Node node) {
    if (node instanceof MappingNode mapping) {
      return Optional.of(new Section(at, mapping, substitution));
    }
    at.problem("must hold keys of its own" + (isNothing(node) ? "" : ", not a " + kind(node)));
    return Optional.empty();
  }

  private static boolean isNothing(Node node) {
    return node instanceof ScalarNode scalar
        && (scalar.getTag().equals(Tag.NULL) || scalar.getValue().isBlank());
  }

  private static String kind(Node node) {
    if (node instanceof SequenceNode) {
      return "list";
    }
    return node instanceof MappingNode ? "group of keys" : "single value";
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }
}
