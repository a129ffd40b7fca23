package io.deltaferry.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.type.PgType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class QuarantineTest {
  private static final WarehouseTable TARGET =
      new WarehouseTable(
          new TableRef("p", "d", "t"),
          Instant.EPOCH,
          List.of(
              new WarehouseColumn("ID", "INT64", true),
              new WarehouseColumn("name", "STRING", false)),
          Map.of());

  @Test
  void aColumnThatNobodyNamesWaits() {
    assertThat(waiting("exclude: [card]", "id", "name", "card", "ssn", "ts"))
        .containsExactly("ssn");
    assertThat(waiting("hash: [card]", "id", "name", "card", "Phone", "ssn", "ts"))
        .containsExactly("Phone", "ssn");
  }

  @Test
  void oneThatIsDecidedAboutDoesNot() {
    for (String decided :
        List.of("hash: [ssn]", "include: [ssn]", "conversions: {ssn: string}", "key: [ssn]")) {
      assertThat(waiting("exclude: [card]\n    " + decided, "id", "card", "ssn", "ts"))
          .as(decided)
          .isEmpty();
    }
  }

  @Test
  void noneDoesWhereEverythingMayBeSeen() {
    assertThat(waiting("priority: 1", "id", "name", "card", "ssn", "ts")).isEmpty();
  }

  /** Without it no row is known, and with it each would be a new one. */
  @Test
  void oneOfThePrimaryKeyStopsTheTable() {
    assertThatThrownBy(
            () ->
                Quarantine.of(
                    table("exclude: [card]"),
                    schema("id", "nr", "card"),
                    List.of("id", "nr"),
                    TARGET))
        .isInstanceOfSatisfying(
            DeltaferryException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.KEY_INVALID))
        .hasMessageContaining("tables.t: the primary key has the new column nr");
  }

  private static List<String> waiting(String settings, String... columns) {
    return Quarantine.of(table(settings), schema(columns), List.of("id"), TARGET);
  }

  private static TableSchema schema(String... columns) {
    return new TableSchema(
        Stream.of(columns).map(name -> new Column(name, PgType.base("text"), true)).toList(),
        List.of("id"),
        "");
  }

  private static TableConfig table(String settings) {
    String text = TableFiles.text("minimal.yaml").replaceFirst("(?s)tables:.*", "");
    return TableCatalog.read(
            text
                + """
                hash_key: the secret of these hashes
                tables:
                  t:
                    source: public.t
                    cursor: ts
                    %s
                """
                    .formatted(settings),
            Map.of())
        .requiredTable("t");
  }
}
