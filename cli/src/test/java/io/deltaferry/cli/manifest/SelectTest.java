package io.deltaferry.cli.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectTest {
  @Test
  void whatEnclosesAWordHidesIt() {
    Select select =
        Select.parse(
                """
                select a, 'FROM, x', extract(day FROM b), -- FROM nothing, really
                  CASE WHEN a AND b THEN 1 END AS "from, c", (SELECT 1 FROM d WHERE e) f
                from t /* where g */
                where a IS DISTINCT FROM b AND c BETWEEN 1 AND 2 AND (d OR e) AND f = 'x AND y'
                order by a;""")
            .orElseThrow();
    assertThat(select.items())
        .containsExactly(
            "a",
            "'FROM, x'",
            "extract(day FROM b)",
            "CASE WHEN a AND b THEN 1 END AS \"from, c\"",
            "(SELECT 1 FROM d WHERE e) f");
    assertThat(select.from()).isEqualTo("t");
    assertThat(select.where())
        .containsExactly("a IS DISTINCT FROM b", "c BETWEEN 1 AND 2", "(d OR e)", "f = 'x AND y'");
    assertThat(select.rest()).isEqualTo("order by a");
    assertThat(select.isOrderedOnly()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ORDER BY a | true",
        "order by (SELECT 1 LIMIT 1), a DESC | true",
        "ORDER BY id OFFSET 10 | false",
        "ORDER BY id LIMIT 10 | false",
        "ORDER BY id FETCH FIRST ROW ONLY | false",
        "ORDER BY id FOR UPDATE | false",
        "UNION SELECT a FROM u ORDER BY a | false",
        "GROUP BY a ORDER BY a | false",
        "HAVING true | false",
      })
  void onlyAnOrderMayBeLeftOut(String rest, boolean ordered) {
    assertThat(Select.parse("SELECT a FROM t " + rest).orElseThrow().isOrderedOnly())
        .isEqualTo(ordered);
  }

  @Test
  void anOrKeepsItsConditionsTogether() {
    assertThat(Select.parse("SELECT 1 FROM t WHERE a OR b AND c").orElseThrow().where())
        .containsExactly("a OR b AND c");
  }

  @ParameterizedTest
  @CsvSource({
    "t, t",
    "s.t, s.t",
    "S . T, s.t",
    "'\"S\".t', S.t",
    "t AS x, t",
    "t x, t",
  })
  void oneTableIsKnownAsOne(String from, String name) {
    assertThat(Select.parse("SELECT * FROM " + from).orElseThrow().table())
        .contains(List.of(name.split("[.]")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM a, b",
        "SELECT * FROM a JOIN b ON true",
        "SELECT * FROM (SELECT 1) a",
        "SELECT * FROM ONLY (a)",
        "SELECT * FROM f(1)",
        "SELECT * FROM a x WHERE x.b",
        "SELECT * FROM a WHERE a.b > 0",
        "SELECT * FROM orders O WHERE o.x = 1",
        "SELECT * FROM Orders WHERE orders.x = 1",
        "SELECT * FROM public.orders WHERE f(orders . x)",
        "SELECT * FROM orders o WHERE \"o\".x = 1",
        "SELECT * FROM a LIMIT 3",
        "SELECT * FROM a UNION SELECT * FROM b",
      })
  void anythingElseIsNot(String sql) {
    assertThat(Select.parse(sql).orElseThrow().table()).isEmpty();
  }

  @Test
  void aTextThatLooksLikeTheAliasIsNoUseOfIt() {
    assertThat(Select.parse("SELECT * FROM t o WHERE x = 'o.x'").orElseThrow().table())
        .contains(List.of("t"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "WITH a AS (SELECT 1) SELECT * FROM a",
        "SELECT DISTINCT a FROM b",
        "SELECT 1",
        "TABLE a",
        "",
      })
  void whatIsNoPlainSelectIsNotTakenApart(String sql) {
    assertThat(Select.parse(sql)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "u BETWEEN '{A}'::timestamp AND '{B}'::timestamp | u",
        "t.u between '{A}' and now() | u",
        "\"U u\" >= '{A}' | U u",
        "u < '{A}'::timestamp - interval '{HOURS} hours' | u",
      })
  void aWindowHasOneColumn(String condition, String column) {
    assertThat(TimeWindow.of(List.of(condition)))
        .isEqualTo(new TimeWindow(column, List.of(), List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "coalesce(u, c) > '{A}'",
        "u > '{A}' OR c > '{A}'",
        "u IN ('{A}')",
        "'{A}' < u",
        "u = '{A}'",
      })
  void aWindowOverAnythingElseIsOdd(String condition) {
    assertThat(TimeWindow.of(List.of(condition, "x")))
        .isEqualTo(new TimeWindow(null, List.of("x"), List.of(condition)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " : ",
      value = {
        "id : id : false",
        "id, created_at : id,created_at : false",
        "CONCAT(a,'_', b) : a,b : true",
        "a || '-' || B : a,b : true",
        "md5(id) : '' : false",
      })
  void keysAreColumns(String text, String columns, boolean glued) {
    assertThat(KeyText.of(text))
        .isEqualTo(new KeyText(columns.isEmpty() ? List.of() : List.of(columns.split(",")), glued));
  }
}
