package io.deltaferry.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.error.DeltaferryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever stands in a file, the answer is a table file or the one exception. */
class TableFileGarbageTest {
  private static final List<String> KEYS =
      Stream.of(
              TableKeys.FILE,
              TableKeys.SOURCE,
              TableKeys.SECRET,
              TableKeys.TARGET,
              TableKeys.TABLE,
              List.of("orders", "items", "<<", "&a x"))
          .flatMap(List::stream)
          .distinct()
          .toList();

  @Property(tries = 500)
  void nestedKnownKeysInWrongPlaces(@ForAll("documents") String text) {
    readOrRefuse(text);
  }

  @Property(tries = 500)
  void changedLetters(@ForAll("damaged") String text) {
    readOrRefuse(text);
  }

  @Property(tries = 300)
  void anyText(@ForAll String text) {
    readOrRefuse(text);
  }

  private static void readOrRefuse(String text) {
    try {
      assertThat(TableCatalog.read(text, Map.of("SHOP_PASSWORD", "x")).tables()).isNotEmpty();
    } catch (DeltaferryException refused) {
      assertThat(refused.getMessage()).startsWith("tables.yaml:");
    }
  }

  @Provide
  Arbitrary<String> documents() {
    return Arbitraries.lazyOf(this::scalars, this::scalars, this::lists, this::mappings)
        .list()
        .ofMinSize(1)
        .ofMaxSize(5)
        .flatMap(this::mapping);
  }

  private Arbitrary<String> values() {
    return Arbitraries.lazyOf(this::scalars, this::scalars, this::lists, this::mappings);
  }

  private Arbitrary<String> scalars() {
    return Arbitraries.oneOf(
        Arbitraries.of("~", "''", "${X}", "true", "1", "a.b", "5m", "null", "1.5", "*a", "!!int x"),
        Arbitraries.strings()
            .ascii()
            .ofMaxLength(8)
            .map(text -> "'" + text.replace("'", "''") + "'"));
  }

  private Arbitrary<String> lists() {
    return values().list().ofMaxSize(3).map(elements -> "[" + String.join(", ", elements) + "]");
  }

  private Arbitrary<String> mappings() {
    return values().list().ofMaxSize(4).flatMap(this::mapping);
  }

  private Arbitrary<String> mapping(List<String> values) {
    return Arbitraries.of(KEYS)
        .list()
        .ofSize(values.size())
        .map(
            keys -> {
              List<String> entries = new ArrayList<>();
              for (int i = 0; i < keys.size(); i++) {
                entries.add(keys.get(i) + ": " + values.get(i));
              }
              return "{" + String.join(", ", entries) + "}";
            });
  }

  @Provide
  Arbitrary<String> damaged() {
    String whole = TableFiles.text("full.yaml");
    Arbitrary<Integer> places = Arbitraries.integers().between(0, whole.length() - 1);
    Arbitrary<String> inserts =
        Arbitraries.of(
            "", " ", "\n", ":", "- ", "'", "\"", "[", "}", "$", "${", "&a ", "*a", "#", "\t", "|",
            "~");
    return Combinators.combine(places, Arbitraries.integers().between(0, 12), inserts)
        .as(
            (at, cut, insert) ->
                whole.substring(0, at)
                    + insert
                    + whole.substring(Math.min(whole.length(), at + cut)));
  }
}
