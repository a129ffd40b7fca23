package io.deltaferry.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.postgres.CatalogReader;
import io.deltaferry.postgres.PostgresSession;
import io.deltaferry.sql.PgTable;
import io.deltaferry.table.Column;
import io.deltaferry.table.TableSchema;
import io.deltaferry.testing.Extracts;
import io.deltaferry.testing.MemoryParts;
import io.deltaferry.testing.TestPostgres;
import io.deltaferry.testing.TypeCase;
import io.deltaferry.testing.TypeTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds docs/types.md to the mapping, which {@link TypeRoundTripTest} holds to the type table. */
class TypesPageTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[^|]+)\\|([^|]+)\\|.*\\|$");
  private static final Pattern LEFT_OUT = Pattern.compile("(?m)^\\| (`[^|]+)\\|[^|]+\\|$");
  private static final Pattern CODE = Pattern.compile("`([^`(]+)(?:\\([^`]*\\))?`");

  private static final Set<String> KINDS =
      Set.of("enum", "array", "composite", "range", "multirange");

  private final String page = Files.readString(Path.of("..", "docs", "types.md"));

  TypesPageTest() throws IOException {}

  @Test
  void hasEveryTypeWithEachOfItsTargetsAndNoOther() {
    TestPostgres postgres = TestPostgres.create();
    postgres.run(TypeTable.setup().toArray(String[]::new));
    Map<String, Set<String>> stated = new TreeMap<>();
    String mappings = page.substring(0, page.indexOf("## "));
    for (MatchResult row : ROW.matcher(mappings).results().toList()) {
      for (MatchResult type : CODE.matcher(row.group(1)).results().toList()) {
        for (MatchResult target : CODE.matcher(row.group(2)).results().toList()) {
          add(stated, rule(postgres, type.group(1)), target.group(1));
        }
      }
    }
    Map<String, Set<String>> mapped = new TreeMap<>();
    for (TypeCase type : TypeTable.cases()) {
      add(mapped, type.rule(), BqType.parse(type.target()).name().name());
    }
    assertThat(stated).isEqualTo(mapped);
  }

  /** With the way out they all go through. */
  @Test
  void namesEveryTypeOfPostgresThatHasNoMapping() {
    TestPostgres postgres = TestPostgres.create();
    postgres.run(
        "CREATE TABLE every AS SELECT 1 AS nr",
        """
        DO $$ BEGIN EXECUTE (
          SELECT 'ALTER TABLE every ' || string_agg(format('ADD %I %s', typname, oid::regtype), ', ')
          FROM pg_type WHERE typtype = 'b' AND typcategory <> 'A');
        END $$""");
    PgTable every = PgTable.of("public", "every");
    TableSchema schema;
    try (PostgresSession session = postgres.open()) {
      schema = new CatalogReader(session).describe(every);
    }
    Set<String> without = new TreeSet<>();
    for (Column column : schema.columns()) {
      try {
        TypeMappings.of(column.name(), column.type(), MappingOptions.DEFAULT);
      } catch (DeltaferryException unsupported) {
        without.add(column.name());
      }
    }
    String left = page.substring(page.indexOf("## Left out"));
    Set<String> stated = new TreeSet<>();
    LEFT_OUT
        .matcher(left)
        .results()
        .flatMap(row -> CODE.matcher(row.group(1)).results())
        .forEach(type -> stated.add(type.group(1)));
    assertThat(stated).containsAll(without);
    assertThat(stated).doesNotContainAnyElementsOf(ScalarRules.names());
    assertThat(
            Extracts.all(
                    postgres,
                    every,
                    new MappingOptions(Map.of(), true, Set.of()),
                    new MemoryParts())
                .rows())
        .isEqualTo(1);
  }

  private static void add(Map<String, Set<String>> targets, String type, String target) {
    targets.computeIfAbsent(type, none -> new TreeSet<>()).add(target);
  }

  /** The name under which the catalog keeps a type; kinds of types keep their word. */
  private static String rule(TestPostgres postgres, String written) {
    return KINDS.contains(written)
        ? written
        : postgres
            .column(
                "SELECT typname FROM pg_type WHERE coalesce(oid = to_regtype('%1$s'), typname = '%1$s')"
                    .formatted(written))
            .get(0);
  }
}
