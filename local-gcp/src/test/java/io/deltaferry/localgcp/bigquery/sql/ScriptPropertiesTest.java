package io.deltaferry.localgcp.bigquery.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.localgcp.bigquery.sql.syntax.Script;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Splitting finds the statements again, whatever stands in them and between them. */
class ScriptPropertiesTest {
  private static final List<String> STATEMENTS =
      List.of(
          "SELECT 1",
          "SELECT ';' AS x, \"--;\", '''a;\n;b'''",
          "SELECT r'\\;', b'\\x3b;'",
          "INSERT INTO `a;b`.c (x) VALUES (1)",
          "ASSERT @@row_count = 1 AS 'one; row'",
          "BEGIN TRANSACTION",
          "SELECT /* ; */ 1 -- ;\n + 2",
          "DELETE FROM d.t # ;\nWHERE true");
  private static final List<String> BETWEEN =
      List.of(";", ";\n", " ; ", ";;", ";-- a comment; here\n", ";/* ; */", ";\n\n  ");

  @Provide
  Arbitrary<List<String>> statements() {
    return Arbitraries.of(STATEMENTS).list().ofMinSize(1).ofMaxSize(8);
  }

  @Provide
  Arbitrary<String> between() {
    return Arbitraries.of(BETWEEN);
  }

  @Property(tries = 300)
  void findsEachStatementAgain(
      @ForAll("statements") List<String> statements, @ForAll("between") String between) {
    List<SqlStatement> found = Script.split(String.join(between, statements) + between);
    assertThat(found).extracting(SqlStatement::text).isEqualTo(statements);
  }

  @Property(tries = 300)
  void saysWhereEachStarts(
      @ForAll("statements") List<String> statements, @ForAll("between") String between) {
    String script = String.join(between, statements);
    List<String> lines = new ArrayList<>(script.lines().toList());
    for (SqlStatement statement : Script.split(script)) {
      String rest = lines.get(statement.line() - 1).substring(statement.column() - 1);
      String first = statement.text().lines().findFirst().orElseThrow();
      assertThat(rest).startsWith(first);
    }
  }
}
