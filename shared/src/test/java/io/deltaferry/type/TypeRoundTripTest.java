package io.deltaferry.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.copy.CopyResult;
import io.deltaferry.postgres.CatalogReader;
import io.deltaferry.postgres.PostgresSession;
import io.deltaferry.sql.PgTable;
import io.deltaferry.testing.CsvRows;
import io.deltaferry.testing.Extracts;
import io.deltaferry.testing.MemoryParts;
import io.deltaferry.testing.TestPostgres;
import io.deltaferry.testing.TypeCase;
import io.deltaferry.testing.TypeLimits;
import io.deltaferry.testing.TypeTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the mapping, staged from a real server whose defaults are hostile. */
class TypeRoundTripTest {
  private static TestPostgres postgres;

  @BeforeAll
  static void start() {
    postgres = TestPostgres.create();
    postgres.run(TypeTable.setup().toArray(String[]::new));
  }

  static Stream<TypeCase> cases() {
    return TypeTable.cases().stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void stagesEveryValueExactly(TypeCase type) {
    PgTable table = PgTable.of("public", "of " + type.declaration());
    postgres.run("CREATE TABLE " + table.sql() + " (nr int, v " + type.declaration() + ")");
    String values =
        type.values().stream()
            .map(value -> "(" + value.literal() + "::" + type.declaration() + ")")
            .collect(Collectors.joining(", "));
    postgres.run(
        "INSERT INTO "
            + table.sql()
            + " SELECT row_number() OVER (), v FROM (VALUES "
            + values
            + ") AS x(v)");
    MemoryParts parts = new MemoryParts();
    CopyResult result = Extracts.all(postgres, table, MappingOptions.DEFAULT, parts);

    assertThat(target(table)).isEqualTo(type.target());
    long lost = type.values().stream().filter(TypeCase.Value::lost).count();
    assertThat(result.losses()).isEqualTo(lost == 0 ? Map.of() : Map.of("v", lost));
    List<List<String>> rows = CsvRows.parse(parts.csv().get(0));
    List<String> staged = new ArrayList<>();
    rows.subList(1, rows.size()).forEach(row -> staged.add(row.get(1)));
    List<String> expected = new ArrayList<>();
    type.values().forEach(value -> expected.add(value.staged()));
    assertThat(staged).containsExactlyElementsOf(expected);
  }

  /** As docs/types.md shows them, and not by width or locale. */
  @Test
  void theirTextIsStagedWithoutPaddingAndWithoutALocale() {
    postgres.run(
        "CREATE TABLE as_text (c char(5), m money)",
        "INSERT INTO as_text VALUES ('ab', 1234.5), (' ', NULL)");
    Map<String, LossPolicy> text = Map.of("c", LossPolicy.STRING, "m", LossPolicy.STRING);
    assertThat(staged("as_text", new MappingOptions(text, false, Set.of())))
        .containsExactly(List.of("ab", "1234.50"), Arrays.asList("", null));
  }

  /** A condition on what is empty is NULL, which is not true. */
  @Test
  void anEmptyGeometryIsOneWhereOthersBecomeNull() {
    postgres.run(
        "CREATE TABLE places (g geometry(Point,4326))",
        "INSERT INTO places VALUES ('SRID=4326;POINT EMPTY'), ('SRID=4326;POINT(1 91)'), (NULL)");
    Map<String, LossPolicy> nulls = Map.of("g", LossPolicy.NULL);
    assertThat(staged("places", new MappingOptions(nulls, false, Set.of())))
        .containsExactly(
            List.of("POINT EMPTY"), Arrays.asList((String) null), Arrays.asList((String) null));
  }

  private static List<List<String>> staged(String table, MappingOptions options) {
    MemoryParts parts = new MemoryParts();
    Extracts.all(postgres, PgTable.of("public", table), options, parts);
    List<List<String>> rows = CsvRows.parse(parts.csv().get(0));
    int columns = options.policies().size();
    return rows.subList(1, rows.size()).stream().map(row -> row.subList(0, columns)).toList();
  }

  @Test
  void coversEveryRule() {
    Set<String> covered = new TreeSet<>();
    TypeTable.cases().forEach(type -> covered.add(type.rule()));
    Set<String> rules = new TreeSet<>(ScalarRules.names());
    rules.addAll(GeoRules.names());
    rules.addAll(List.of("numeric", "enum", "array", "composite", "range", "multirange"));
    assertThat(covered).containsExactlyElementsOf(rules);
  }

  /** Each target of each type, and NULL with them. */
  @Test
  void provesEachTypeWithItsSmallestAndItsLargestValue() {
    Set<String> limited = new TreeSet<>();
    for (TypeLimits limits : TypeLimits.all()) {
      TypeCase type =
          cases()
              .filter(known -> known.declaration().equals(limits.declaration()))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no case of " + limits.declaration()));
      limited.add(mapped(type));
      List<String> expected = new ArrayList<>(List.of("NULL"));
      limits.literals().forEach(literal -> expected.add("'" + literal + "'"));
      assertThat(type.values().stream().map(TypeCase.Value::literal))
          .as(limits.declaration())
          .containsAll(expected);
      assertThat(limits.missing().isEmpty() && limits.literals().size() < 2)
          .as("%s has a smallest and a largest value, or there is a reason", type)
          .isFalse();
    }
    assertThat(limited).isEqualTo(cases().map(TypeRoundTripTest::mapped).collect(toTreeSet()));
  }

  private static String mapped(TypeCase type) {
    return type.rule() + " as " + BqType.parse(type.target()).name();
  }

  private static Collector<String, ?, Set<String>> toTreeSet() {
    return Collectors.toCollection(TreeSet::new);
  }

  private static String target(PgTable table) {
    try (PostgresSession session = postgres.open()) {
      return new CatalogReader(session)
          .describe(table)
          .mappings(List.of(), MappingOptions.DEFAULT)
          .get(1)
          .target()
          .sql();
    }
  }
}
