package io.deltaferry.cli.discover;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.cli.discover.ProposeTableFile.Names;
import io.deltaferry.cli.draft.TableFileDraft;
import io.deltaferry.table.CatalogTable;
import io.deltaferry.table.SourceTable;
import io.deltaferry.table.SyncMode;
import io.deltaferry.table.TableCatalog;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.TableFile;
import io.deltaferry.testing.Golden;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProposeTableFileTest {
  private static final String URL = "jdbc:postgresql://db.example.com:5432/shop";
  private static final Names NAMES = new Names(null, null, null);
  private static final Map<String, String> LOGIN =
      Map.of("DELTAFERRY_SOURCE_USER", "me", "DELTAFERRY_SOURCE_PASSWORD", "secret");

  @Test
  void saysOfEachTableWhatToKnowAndTakesNoGuessThatLosesUpdates() {
    List<CatalogTable> tables =
        List.of(
            Catalog.table("public", "orders")
                .id()
                .stamp("created_at")
                .stamp("updated_at")
                .indexed("created_at", "updated_at")
                .build(),
            Catalog.table("public", "no_index").id().stamp("modified_on").neverAnalysed().build(),
            Catalog.table("public", "local_time")
                .id()
                .nullable("last_changed", "timestamp")
                .indexed("last_changed")
                .build(),
            Catalog.table("public", "odd_stamp").id().stamp("seen_at").indexed("seen_at").build(),
            Catalog.table("public", "only_created")
                .id()
                .stamp("created_at")
                .indexed("created_at")
                .build(),
            Catalog.table("public", "only_id").id().column("v", "text").rows(80_000_000).build(),
            Catalog.table("public", "no_key").stamp("updated_at").indexed("updated_at").build(),
            Catalog.table("Back Office", "Order.Lines")
                .column("order_id", "int4")
                .column("Line", "int4")
                .stamp("Updated At")
                .indexed("Updated At")
                .unique("order_id", "Line")
                .hidden()
                .build(),
            Catalog.table("stock", "orders")
                .id()
                .stamp("updated_at")
                .indexed("updated_at")
                .column("place", "pg_snapshot")
                .column("Place", "text")
                .build());
    TableFileDraft draft =
        ProposeTableFile.of(
            URL + "?sslmode=require&sslpassword=hush",
            tables,
            List.of(new SourceTable("public", "seen")),
            NAMES);
    Golden.verify("discover", Map.of("tables.yaml", draft.text()));
    TableFile file = TableCatalog.read(draft.text(), LOGIN);
    assertThat(file.tables())
        .extracting(TableConfig::name)
        .containsExactly(
            "public_orders",
            "no_index",
            "local_time",
            "odd_stamp",
            "only_created",
            "only_id",
            "no_key",
            "Order_Lines");
    assertThat(file.tables())
        .filteredOn(table -> table.mode() == SyncMode.REPLACE)
        .extracting(TableConfig::name)
        .containsExactly("odd_stamp", "only_created", "only_id", "no_key");
    assertThat(file.requiredTable("Order_Lines").key()).containsExactly("order_id", "Line");
    assertThat(file.requiredTable("Order_Lines").cursor()).isEqualTo("Updated At");
  }

  @Test
  void aNameThatSaysSoAsAWholeCountsMoreThanAnIndex() {
    CatalogTable table =
        Catalog.table("public", "users")
            .id()
            .stamp("updated_at")
            .nullable("password_changed_at", "timestamptz")
            .indexed("password_changed_at")
            .build();
    assertThat(read(table).cursor()).isEqualTo("updated_at");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "updated_at",
        "UpdatedAt",
        "last_update",
        "lastModifiedDate",
        "row_updated_on",
        "modified",
        "changed_ts",
        "change_time",
        "date_modified",
        "updated_at_utc",
      })
  void namesThatSayThatChangesRaiseThem(String name) {
    assertThat(read(Catalog.table("s", "t").id().stamp(name).build()).cursor()).isEqualTo(name);
  }

  /** An index says that somebody looks for it, and nothing of who sets it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "password_changed_at",
        "expires_at",
        "seen_at",
        "unmodified_until",
        "price_change_at",
        "update_due",
        "exchanged_at",
      })
  void anyOtherTimeStampIsACommentAndTheTableIsCopied(String name) {
    CatalogTable table = Catalog.table("s", "t").id().stamp(name).indexed(name).build();
    assertThat(read(table).mode()).isEqualTo(SyncMode.REPLACE);
    assertThat(text(table))
        .contains("\n    # cursor: " + name + "\n")
        .contains("# if every change of a row raises " + name);
  }

  @Test
  void amongNamesThatSaySoAnIndexCounts() {
    CatalogTable table =
        Catalog.table("s", "t")
            .id()
            .stamp("modified_at")
            .stamp("updated_at")
            .indexed("updated_at")
            .build();
    assertThat(read(table).cursor()).isEqualTo("updated_at");
  }

  @Test
  void aCursorThatCanBeNullIsWarnedOf() {
    CatalogTable table = Catalog.table("s", "t").id().nullable("updated_at", "timestamptz").build();
    assertThat(text(table)).contains("# warning: a row whose updated_at is NULL is never seen");
  }

  @ParameterizedTest
  @ValueSource(strings = {"citext", "jsonb", "pg_snapshot"})
  void theKeyIsOneThatBigQueryCanHave(String type) {
    Catalog table =
        Catalog.table("s", "t").column("a", type).column("b", "int8").stamp("updated_at");
    table.unique("a").unique("a", "b");
    assertThat(text(table.build()))
        .contains("# warning: no key", "# warning: the unique index over a, b cannot be the key")
        .contains("mode: replace");
    assertThat(text(table.column("c", "uuid").unique("b", "c").build())).contains("key: [b, c]");
  }

  @Test
  void aUniqueIndexStandsInForAPrimaryKeyThatBigQueryCannotHave() {
    Catalog table =
        Catalog.table("s", "t").column("name", "citext").key("name").stamp("updated_at");
    assertThat(text(table.build())).contains("# warning: column \"name\" of type citext cannot be");
    TableConfig read = read(table.column("id", "uuid").unique("id").build());
    assertThat(read.key()).containsExactly("id");
    assertThat(read.cursor()).isEqualTo("updated_at");
  }

  @Test
  void aTableThatOthersInheritFromHoldsTheirRowsToo() {
    Catalog table = Catalog.table("zoo", "animals").id().stamp("updated_at").heir("zoo", "birds");
    assertThat(text(table.build()))
        .contains("inherit from it (zoo.birds)", "SELECT * FROM ONLY \"zoo\".\"animals\"");
    for (int number = 0; number < 3; number++) {
      table.heir("zoo", "y" + number);
    }
    assertThat(text(table.build())).contains("(zoo.birds, zoo.y0, zoo.y1 and 1 more)");
  }

  /** Whatever letters PostgreSQL takes in a name come back as they were. */
  @Property(tries = 300)
  void anyNamesAreReadBack(
      @ForAll("names") String schema,
      @ForAll("names") String table,
      @ForAll("names") String key,
      @ForAll("names") String other) {
    String cursor = "updated" + other.substring(0, Math.min(8, other.length()));
    CatalogTable found =
        Catalog.table(schema, table)
            .column(key, "int8")
            .key(key)
            .stamp(cursor)
            .indexed(cursor)
            .build();
    TableFileDraft draft =
        ProposeTableFile.of(URL, List.of(found), List.of(new SourceTable(table, schema)), NAMES);
    if (draft.holdsTables()) {
      TableConfig entry = TableCatalog.read(withCursor(draft.text()), LOGIN).tables().get(0);
      assertThat(entry.source()).isEqualTo(new SourceTable(schema, table));
      assertThat(entry.key()).containsExactly(key);
      assertThat(entry.cursor()).isEqualTo(cursor);
    } else {
      assertThat(draft.text()).contains("# warning: ");
    }
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.oneOf(
        Arbitraries.strings()
            .withChars("aZ0_ .:#'\"{}[]$\\-,&*!|>%@`\t\n\u0085\u2028é")
            .ofMinLength(1)
            .ofMaxLength(12),
        Arbitraries.of("null", "true", "~", "on", "1e3", "0x1f", "-", "? a", "${X}", "=", "<<"));
  }

  /** As a person makes it who knows that every change raises it. */
  private static String withCursor(String text) {
    return text.replace("\n    # cursor: ", "\n    cursor: ").replace("\n    mode: replace", "");
  }

  private static TableConfig read(CatalogTable table) {
    return TableCatalog.read(text(table), LOGIN).tables().get(0);
  }

  private static String text(CatalogTable table) {
    return ProposeTableFile.of(URL, List.of(table), List.of(), NAMES).text();
  }
}
