package io.deltaferry.cli.model;

import io.deltaferry.run.ControlStore;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunJson;
import io.deltaferry.run.StoredObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A bucket whose objects are created once, and each announced once. */
public final class BucketModel implements ControlStore {
  private final NavigableMap<String, Created> objects = new TreeMap<>();
  private final Map<String, Integer> taken = new HashMap<>();
  private final SourceModel clock;
  private final Sabotage sabotage;
  private final Calls calls;
  private final Consumer<StoredObject> announced;

  /**
   * Takes its surroundings.
   *
   * @param clock which is everybody's
   * @param announced is told of each new object
   */
  BucketModel(SourceModel clock, Sabotage sabotage, Calls calls, Consumer<StoredObject> announced) {
    this.clock = clock;
    this.sabotage = sabotage;
    this.calls = calls;
    this.announced = announced;
  }

  @Override
  public Created create(String name, String content, Map<String, String> metadata) {
    Created existing = objects.get(name);
    if (existing != null && !isOverwritten(name)) {
      return new Created(false, existing.content(), existing.object());
    }
    StoredObject object = stored(name, content, metadata);
    Created created = new Created(true, content, object);
    objects.put(name, created);
    calls.effective();
    announced.accept(object);
    return created;
  }

  private boolean isOverwritten(String name) {
    return switch (sabotage) {
      case OBJECTS_OVERWRITTEN -> name.endsWith("plan.json") || name.startsWith("manifests/");
      case LAST_OUTCOME_COUNTS -> name.endsWith("outcome.json");
      default -> false;
    };
  }

  private StoredObject stored(String name, String content, Map<String, String> metadata) {
    return new StoredObject(name, content.length(), checksum(content), clock.now(), metadata);
  }

  static String checksum(String content) {
    return Integer.toHexString(content.hashCode());
  }

  @Override
  public Optional<String> read(String name) {
    Optional<String> content = Optional.ofNullable(objects.get(name)).map(Created::content);
    return isAdopted(name) ? content.map(this::boundNow) : content;
  }

  /** Whether a plan is read while another is made, and with a bound that it does not have. */
  private boolean isAdopted(String name) {
    return sabotage == Sabotage.ADOPTED_WITH_OWN_BOUND
        && clock.isPlanning()
        && name.endsWith("plan.json");
  }

  private StoredObject asIfWrittenNow(StoredObject plan) {
    Map<String, String> metadata = new HashMap<>(plan.metadata());
    metadata.put("plan-hash", RunJson.hash(boundNow(content(plan.name()))));
    return new StoredObject(plan.name(), plan.size(), plan.crc32c(), plan.created(), metadata);
  }

  /** The plan as if its bound had been taken now. */
  private String boundNow(String plan) {
    return plan.replaceFirst(
        "\"ceiling\" : \"[^\"]*\"", "\"ceiling\" : \"" + SourceModel.text(clock.now()) + "\"");
  }

  @Override
  public List<StoredObject> list(String prefix, int limit) {
    return objects.tailMap(prefix, true).values().stream()
        .map(Created::object)
        .takeWhile(object -> object.name().startsWith(prefix))
        .limit(limit)
        .map(object -> isAdopted(object.name()) ? asIfWrittenNow(object) : object)
        .toList();
  }

  /**
   * Takes the last row from the newest part, as no service can; the part's name, if there is one.
   */
  Optional<String> damage() {
    Optional<String> newest =
        objects.keySet().stream()
            .filter(name -> name.startsWith(ObjectNames.PARTS))
            .filter(name -> content(name).lines().count() > 1)
            .reduce((one, next) -> next);
    newest.ifPresent(
        name -> {
          String whole = content(name);
          String cut = whole.substring(0, whole.lastIndexOf('\n', whole.length() - 2) + 1);
          objects.put(name, new Created(true, cut, stored(name, cut, Map.of())));
          taken.merge(name, 1, Integer::sum);
        });
    return newest;
  }

  /** How many rows a part has lost. */
  int rowsTaken(String part) {
    return taken.getOrDefault(part, 0);
  }

  /** The content of an object that is there. */
  String content(String name) {
    return read(name).orElseThrow(() -> new IllegalArgumentException("no object " + name));
  }
}
