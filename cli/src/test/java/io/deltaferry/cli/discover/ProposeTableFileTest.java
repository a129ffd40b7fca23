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
        .containsExactly("only_created", "only_id", "no_key");
    assertThat(file.requiredTable("Order_Lines").key()).containsExactly("order_id", "Line");
    assertThat(file.requiredTable("Order_Lines").cursor()).isEqualTo("Updated At");
  }

  @Test
  void aNameThatSaysSoCountsMoreThanAnIndex() {
    CatalogTable table =
        Catalog.table("s", "t")
            .id()
            .stamp("seen_at")
            .stamp("updated_at")
            .indexed("seen_at")
            .build();
    assertThat(read(table).cursor()).isEqualTo("updated_at");
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
      TableConfig entry = TableCatalog.read(draft.text(), LOGIN).tables().get(0);
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

  private static TableConfig read(CatalogTable table) {
    TableFileDraft draft = ProposeTableFile.of(URL, List.of(table), List.of(), NAMES);
    return TableCatalog.read(draft.text(), LOGIN).tables().get(0);
  }
}
