package io.deltaferry.cli.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltaferry.cli.manifest.ConvertManifest.Result;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.table.SourceQuery;
import io.deltaferry.table.SourceTable;
import io.deltaferry.table.SyncMode;
import io.deltaferry.table.TableCatalog;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.TableFile;
import io.deltaferry.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConvertManifestTest {
  private static final List<String> GIVEN = List.of("shop", "decomposed", "odd");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)}");

  @Test
  void whatCannotBeCarriedOverIsSaidAndTheRestIsATableFile() throws IOException {
    Map<String, String> golden = new HashMap<>();
    for (String name : GIVEN) {
      Result result = convert(name);
      golden.put(name + ".yaml", result.draft().text());
      golden.put(name + ".txt", String.join("\n", result.lost()) + "\n");
    }
    Golden.verify("manifests/converted", golden);
  }

  @Test
  void aWindowOfTimeBecomesTheCursorAndOtherConditionsStay() throws IOException {
    TableFile shop = read(convert("shop"));
    assertThat(shop.requiredTable("customers"))
        .satisfies(
            table -> {
              assertThat(table.mode()).isEqualTo(SyncMode.INCREMENTAL);
              assertThat(table.source()).isEqualTo(new SourceTable("crm", "customers"));
              assertThat(table.cursor()).isEqualTo("updated_at");
              assertThat(table.key()).containsExactly("id");
              assertThat(table.filter()).isEqualTo("NOT is_test");
              assertThat(table.target().table()).isEqualTo("crm_customers");
            });
    TableConfig orders = shop.requiredTable("orders");
    assertThat(orders.cursor()).isEqualTo("updated_at");
    assertThat(String.valueOf(orders.source()))
        .contains("AS due_at", "FROM orders", "created_at NOT IN")
        .doesNotContain("EXECUTION_DATE", "HOURS");
    assertThat(shop.table("rates")).as("of another database").isEmpty();
  }

  @Test
  void aTableWithoutAWindowKeepsACopyPerRun() throws IOException {
    TableConfig plans = read(convert("shop")).requiredTable("plans");
    assertThat(plans.mode()).isEqualTo(SyncMode.APPEND);
    assertThat(plans.runIdColumn()).isEqualTo("_task_instance");
    assertThat(String.valueOf(plans.source())).containsOnlyOnce("seats");
    TableFile decomposed = read(convert("decomposed"));
    assertThat(decomposed.requiredTable("build_tags").mode()).isEqualTo(SyncMode.APPEND);
    assertThat(decomposed.requiredTable("builds").key()).containsExactly("id", "created_at");
    assertThat(decomposed.requiredTable("events").cursor()).isEqualTo("id");
  }

  /** Only the database says which columns a query leaves out. */
  @Test
  void aListOfColumnsBecomesATableAndItsExclusionsWhereTheColumnsAreKnown() throws IOException {
    List<String> known = List.of("id", "name", "seats", "secret", "discount");
    Result result =
        ConvertManifest.of(
            manifest("shop"),
            table ->
                table.table().equals("plans")
                    ? Optional.of(known)
                    : Optional.<List<String>>empty());
    TableConfig plans = read(result).requiredTable("plans");
    assertThat(plans.source()).isEqualTo(new SourceTable("public", "plans"));
    assertThat(plans.privacy().exclude()).containsExactly("secret", "discount");
  }

  /** As a `source` it would hold whatever column is added next. */
  @Test
  void aListOfAllColumnsStaysAQuery() {
    TableConfig table = read(known("SELECT id, name FROM t", "id", "id", "name")).tables().get(0);
    assertThat(table.source()).isInstanceOf(SourceQuery.class);
    Result added = known("SELECT name FROM t", "id", "id", "name");
    assertThat(String.valueOf(read(added).tables().get(0).source())).contains("name", "\"id\"");
    assertThat(added.draft().text()).contains("# the query left out id, which key or cursor need");
  }

  @Test
  void columnsThatKeyAndCursorNeedAreNamedWhereTheQueryLeftThemOut() {
    Result result =
        known(
            "SELECT name FROM t WHERE updated_at > '{EXECUTION_DATE}'",
            "id",
            "id",
            "name",
            "updated_at",
            "secret");
    assertThat(read(result).tables().get(0).privacy().exclude()).containsExactly("secret");
    assertThat(result.draft().text())
        .contains("# the query left out id, updated_at, which key or cursor need");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id, name FROM customers UNION SELECT id, name FROM suppliers ORDER BY id",
        "SELECT * FROM orders ORDER BY id OFFSET 10",
        "SELECT id, count(*) AS n FROM orders GROUP BY id ORDER BY id",
        "SELECT * FROM orders LIMIT 10",
        "SELECT * FROM orders FOR UPDATE",
      })
  void whatFollowsOnTheConditionsIsNeverLostInSilence(String query) {
    Result result = known(query, "id", "id");
    assertThat(result.draft().holdsTables()).isFalse();
    assertThat(result.lost())
        .anySatisfy(what -> assertThat(what).contains("also groups, limits, locks or joins"));
    assertThat(result.draft().text().replaceAll("\\s+#?\\s*", " "))
        .contains(query.substring(query.indexOf("FROM")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id, '{EXECUTION_DATE}' AS day FROM t",
        "SELECT id FROM t JOIN u ON u.id = t.id AND u.day > '{EXECUTION_DATE}'",
        "SELECT id, '{EXECUTION_DATE}' AS day FROM t WHERE u > '{EXECUTION_DATE}'",
        "SELECT id FROM t LIMIT {BATCH_SIZE}",
      })
  void aPlaceholderOutsideTheConditionsIsRefused(String query) {
    Result result = known(query, "id", "id", "u");
    assertThat(result.draft().holdsTables()).isFalse();
    assertThat(result.lost()).anySatisfy(what -> assertThat(what).contains("placeholder"));
  }

  @Test
  void noPasswordIsWrittenDown() throws IOException {
    Result odd = convert("odd");
    assertThat(odd.draft().text() + odd.lost()).doesNotContain("not-a-variable");
    assertThat(odd.lost())
        .contains(
            "unknown key 'tabels', did you mean 'tables'?",
            "tables.joined: unknown key 'export_tabel', did you mean 'export_table'?");
  }

  @Test
  void whatIsNoManifestIsRefusedWithAllItsProblems() {
    assertThatThrownBy(
            () ->
                ReadManifest.of(
                    "m.yaml",
                    """
                    tables:
                      orders:
                        import_qurey: SELECT 1
                        export_table: orders
                        export_table_primary_key: id
                      empty:
                    """))
        .isInstanceOf(DeltaferryException.class)
        .hasMessageContaining("m.yaml:3: tables.orders.import_qurey: unknown key")
        .hasMessageContaining("did you mean 'import_query'?")
        .hasMessageContaining("tables.orders.import_query: is missing")
        .hasMessageContaining("m.yaml:6: tables.empty");
    assertThatThrownBy(() -> ReadManifest.of("m.yaml", "a: 1"))
        .hasMessageContaining("tables: is missing; this is no manifest");
    assertThatThrownBy(() -> ReadManifest.of("m.yaml", "a: 'b"))
        .hasMessageContaining("not valid YAML");
  }

  private static Result convert(String name) throws IOException {
    return ConvertManifest.of(manifest(name), table -> Optional.empty());
  }

  private static Result known(String query, String key, String... columns) {
    String text =
        """
        tables:
          t:
            import_db: SHOP_DB
            import_query: "%s"
            export_schema: shop
            export_table: t
            export_table_primary_key: %s
        """
            .formatted(query.replace("\"", "\\\""), key);
    return ConvertManifest.of(
        ReadManifest.of("m.yaml", text), table -> Optional.of(List.of(columns)));
  }

  private static Manifest manifest(String name) throws IOException {
    return ReadManifest.of(
        name, Files.readString(Path.of("src/test/resources/manifests/given", name + ".yaml")));
  }

  /** With every variable that the file asks for. */
  private static TableFile read(Result result) {
    String text = result.draft().text();
    Map<String, String> environment = new HashMap<>();
    VARIABLE
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .forEach(name -> environment.put(name, "5432"));
    return TableCatalog.read(text, environment);
  }
}
