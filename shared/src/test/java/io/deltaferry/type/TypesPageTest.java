package io.deltaferry.type;

import static org.assertj.core.api.Assertions.assertThat;

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
  private static final Pattern CODE = Pattern.compile("`([^`(]+)(?:\\([^`]*\\))?`");

  private static final Set<String> KINDS =
      Set.of("enum", "array", "composite", "range", "multirange");

  private final String page = Files.readString(Path.of("..", "docs", "types.md"));

  TypesPageTest() throws IOException {}

  @Test
  void hasEveryTypeWithEachOfItsTargetsAndNoOther() {
    TestPostgres postgres = TestPostgres.create();
    postgres.run(TypeTable.SETUP.toArray(String[]::new));
    Map<String, Set<String>> stated = new TreeMap<>();
    for (MatchResult row : ROW.matcher(page).results().toList()) {
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

  private static void add(Map<String, Set<String>> targets, String type, String target) {
    targets.computeIfAbsent(type, none -> new TreeSet<>()).add(target);
  }

  /** The name under which the catalog keeps a type; kinds of types keep their word. */
  private static String rule(TestPostgres postgres, String written) {
    return KINDS.contains(written)
        ? written
        : postgres
            .column("SELECT typname FROM pg_type WHERE oid = to_regtype('" + written + "')")
            .get(0);
  }
}
