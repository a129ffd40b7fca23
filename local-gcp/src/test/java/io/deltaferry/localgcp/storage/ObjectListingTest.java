package io.deltaferry.localgcp.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** Pages put together are the plain definition of a list. */
class ObjectListingTest {

  @Property(tries = 500)
  void pagesTogetherAreTheWholeList(
      @ForAll("names") Set<String> names,
      @ForAll("starts") String prefix,
      @ForAll("starts") String start,
      @ForAll boolean folded,
      @ForAll boolean trailing,
      @ForAll @IntRange(min = 1, max = 4) int size) {
    String delimiter = folded ? "/" : "";
    List<String> items = new ArrayList<>();
    List<String> prefixes = new ArrayList<>();
    @Nullable String after = null;
    do {
      ObjectListing.Page page =
          new ObjectListing(prefix, delimiter, start, "", trailing, size, after).of(objects(names));
      page.items().forEach(item -> items.add(item.name()));
      prefixes.addAll(page.prefixes());
      after = page.next() == null ? null : ObjectListing.entry(page.next());
    } while (after != null);

    assertThat(prefixes).isEqualTo(List.copyOf(folders(names, prefix, start, delimiter)));
    assertThat(items)
        .isEqualTo(
            sorted(names).stream()
                .filter(name -> name.startsWith(prefix) && Names.ORDER.compare(name, start) >= 0)
                .filter(
                    name ->
                        !isFolded(name, prefix, delimiter)
                            || (trailing
                                && name.indexOf('/', prefix.length()) == name.length() - 1))
                .toList());
  }

  private static boolean isFolded(String name, String prefix, String delimiter) {
    return !delimiter.isEmpty() && name.indexOf(delimiter, prefix.length()) >= 0;
  }

  private static Set<String> folders(
      Set<String> names, String prefix, String start, String delimiter) {
    return names.stream()
        .filter(name -> name.startsWith(prefix) && Names.ORDER.compare(name, start) >= 0)
        .filter(name -> isFolded(name, prefix, delimiter))
        .map(name -> name.substring(0, name.indexOf(delimiter, prefix.length()) + 1))
        .collect(Collectors.toCollection(() -> new TreeSet<>(Names.ORDER)));
  }

  private static Set<String> sorted(Set<String> names) {
    Set<String> sorted = new TreeSet<>(Names.ORDER);
    sorted.addAll(names);
    return sorted;
  }

  private static NavigableMap<String, StoredObject> objects(Set<String> names) {
    NavigableMap<String, StoredObject> objects = new TreeMap<>(Names.ORDER);
    for (String name : names) {
      ObjectAttributes none = new ObjectAttributes(Map.of(), Map.of());
      objects.put(
          name,
          new StoredObject(
              "b", name, 1, 1, 0, "AAAAAA==", null, 0, Instant.EPOCH, Instant.EPOCH, none));
    }
    return objects;
  }

  /** Beyond the BMP, Java's order of strings is not the order of their bytes. */
  private static Arbitrary<String> text() {
    return Arbitraries.of("a", "b", "/", "\uffee", "\ud83d\ude00")
        .list()
        .ofMaxSize(4)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<Set<String>> names() {
    return text().filter(name -> !name.isEmpty()).set().ofMaxSize(12);
  }

  @Provide
  Arbitrary<String> starts() {
    return Arbitraries.frequencyOf(Tuple.of(2, Arbitraries.just("")), Tuple.of(1, text()));
  }
}
