package io.deltaferry.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.table.FilledColumns;
import io.deltaferry.table.TableLayout;
import io.deltaferry.table.TableRef;
import io.deltaferry.table.WarehouseColumn;
import io.deltaferry.table.WarehouseTable;
import io.deltaferry.type.BqType;
import io.deltaferry.type.LossPolicy;
import io.deltaferry.type.TypeMapping;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaDriftTest {
  private static final Map<String, String> OURS = Map.of("managed_by", "deltaferry");

  /** The type of the values that come, that of the column, and what the column's becomes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NUMERIC(10, 2) | INT64 | NUMERIC",
        "BIGNUMERIC | INT64 | BIGNUMERIC",
        "FLOAT64 | INT64 | FLOAT64",
        "NUMERIC(12, 2) | NUMERIC(10, 2) | NUMERIC(12, 2)",
        "NUMERIC(12, 1) | NUMERIC(10, 4) | NUMERIC(15, 4)",
        "NUMERIC | NUMERIC(10, 2) | NUMERIC",
        "INT64 | NUMERIC(5, 2) | NUMERIC(21, 2)",
        "INT64 | NUMERIC(5) | NUMERIC(19, 0)",
        "BIGNUMERIC(50, 20) | NUMERIC(10, 2) | BIGNUMERIC",
        "FLOAT64 | NUMERIC(10, 2) | FLOAT64",
        "NUMERIC(38, 9) | BIGNUMERIC(20, 15) | BIGNUMERIC(44, 15)",
        "BIGNUMERIC | BIGNUMERIC(20, 15) | BIGNUMERIC",
        "BIGNUMERIC(40, 2) | NUMERIC | BIGNUMERIC",
      })
  void aTypeThatIsOutgrownBecomesAWiderOne(String from, String to, String becomes) {
    SchemaDrift drift = drift(from, to, OURS);
    assertThat(drift.retyped()).containsExactly(new WarehouseColumn("C", becomes, false));
    assertThat(drift.problems()).isEmpty();
    // Once is enough.
    assertThat(drift(from, becomes, OURS).altersTarget()).isFalse();
    assertThat(drift(from, becomes, OURS).problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INT64 | INT64",
        "INT64 | NUMERIC",
        "INT64 | NUMERIC(21, 2)",
        "NUMERIC(10, 2) | NUMERIC",
        "NUMERIC(10, 2) | NUMERIC(12, 4)",
        "NUMERIC(10, 2) | BIGNUMERIC",
        "STRING | STRING",
        "ARRAY<NUMERIC(5, 2)> | ARRAY<NUMERIC(12, 2)>",
        "ARRAY<INT64> | ARRAY<NUMERIC>",
        "STRING | STRING(20)",
        "DATE | TIMESTAMP",
        "DATETIME | TIMESTAMP",
      })
  void aTypeThatHoldsEveryValueStaysAsItIs(String from, String to) {
    SchemaDrift drift = drift(from, to, OURS);
    assertThat(drift.altersTarget()).isFalse();
    assertThat(drift.problems()).isEmpty();
  }

  /** A text setting was taken away, or the source's type changed: two forms of one value. */
  @ParameterizedTest
  @ValueSource(strings = {"INT64", "NUMERIC(12, 2)", "DATE", "JSON", "BOOL"})
  void textThatDeltaferryMadeHoldsNoOtherForms(String from) {
    SchemaDrift drift = drift(from, "STRING", OURS);
    assertThat(drift.remade()).containsExactly(new WarehouseColumn("C", from, false));
    assertThat(drift.problems())
        .containsExactly(
            "c: the target's STRING has the source's own texts, and its %s would be written in another form beside them"
                .formatted(from));
    assertThat(drift(from, "STRING", Map.of()).problems()).isEmpty();
    assertThat(drift(from, "STRING(20)", Map.of()).remade()).isEmpty();
  }

  /** BigQuery changes none of these in place. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "STRING | INT64",
        "STRING | NUMERIC",
        "BYTES | STRING",
        "ARRAY<NUMERIC(12, 2)> | ARRAY<NUMERIC(5, 2)>",
        "ARRAY<INT64> | ARRAY<NUMERIC(5, 2)>",
        "ARRAY<BYTES> | ARRAY<STRING>",
        "INT64 | FLOAT64",
        "FLOAT64 | BIGNUMERIC",
        "TIMESTAMP | DATE",
        "JSON | ARRAY<STRING>",
        "NUMERIC | BOOL",
      })
  void aTypeOfAnotherKindIsAProblem(String from, String to) {
    SchemaDrift drift = drift(from, to, OURS);
    assertThat(drift.problems())
        .containsExactly(
            "c: the source's %s cannot become the target's %s without losing something"
                .formatted(from, to));
    assertThatThrownBy(() -> drift.requireReconcilable(table(OURS, TableLayout.PLAIN)))
        .isInstanceOfSatisfying(
            DeltaferryException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.TARGET_INCOMPATIBLE));
  }

  /** Whoever made it may know that all texts are numbers, and is told when one is not. */
  @Test
  void aTypeThatAPersonChoseIsTried() {
    assertThat(drift("STRING", "INT64", Map.of()).problems()).isEmpty();
    assertThat(drift("STRING", "NUMERIC", Map.of()).problems()).hasSize(1);
    assertThat(drift("ARRAY<NUMERIC(9, 2)>", "ARRAY<NUMERIC(5, 2)>", Map.of()).problems())
        .isEmpty();
    assertThat(drift("ARRAY<BYTES>", "ARRAY<STRING>", Map.of()).problems()).hasSize(1);
  }

  @Test
  void whatDecidesWhereRowsAreKeptStaysAsItIs() {
    WarehouseTable clustered =
        table(
            OURS,
            new TableLayout(null, List.of("c"), false),
            new WarehouseColumn("C", "INT64", false));
    assertThat(drift(delta("NUMERIC"), clustered, null).problems()).hasSize(1);
  }

  @Test
  void columnsComeAndGoAndMayHoldNull() {
    WarehouseTable target =
        table(
            OURS,
            TableLayout.PLAIN,
            new WarehouseColumn("ID", "INT64", true),
            new WarehouseColumn("Must", "STRING", true),
            new WarehouseColumn("Lost", "STRING", false),
            new WarehouseColumn("lost_key", "INT64", true),
            new WarehouseColumn("note", "STRING", false),
            new WarehouseColumn("_uploaded_at", "TIMESTAMP", false));
    SchemaDrift.Delta delta =
        new SchemaDrift.Delta(
            List.of(mapping("id", "INT64"), mapping("must", "STRING"), mapping("new", "JSON")),
            List.of("id"),
            Set.of("id", "must"));
    FilledColumns filled = new FilledColumns(List.of("ID", "Must", "lost_key"), List.of("lost"));
    SchemaDrift drift = drift(delta, target, filled);
    assertThat(drift)
        .isEqualTo(
            new SchemaDrift(
                List.of(new WarehouseColumn("new", "JSON", false)),
                List.of(),
                List.of(),
                List.of("Must", "lost_key"),
                List.of("Lost", "lost_key"),
                List.of("note"),
                List.of()));
    assertThat(AlterTarget.of(target.ref(), drift).text())
        .isEqualTo(
            """
            ALTER TABLE `p`.`d`.`t`
            ADD COLUMN IF NOT EXISTS `new` JSON;

            ALTER TABLE `p`.`d`.`t`
            ALTER COLUMN `Must` DROP NOT NULL;

            ALTER TABLE `p`.`d`.`t`
            ALTER COLUMN `lost_key` DROP NOT NULL;
            """);
    assertThat(drift.describe())
        .isEqualTo(
            "add new JSON; allow NULL in Must; allow NULL in lost_key;"
                + " leave Lost NULL, which the source has lost;"
                + " leave lost_key NULL, which the source has lost");
    assertThat(drift(delta, target, null).problems())
        .containsExactly("lost_key (INT64): the target requires it, the source has no such column");
    assertThat(drift(delta, target, null).cleared()).isEmpty();
    assertThat(filled.after(List.of("ID", "new"), target))
        .isEqualTo(new FilledColumns(List.of("ID", "new"), List.of("Must", "lost_key", "lost")));
  }

  /** The rows that stand there would never be found again. */
  @Test
  void aKeyColumnIsNotAdded() {
    SchemaDrift.Delta delta =
        new SchemaDrift.Delta(List.of(mapping("c", "INT64")), List.of("c"), Set.of());
    assertThat(drift(delta, table(OURS, TableLayout.PLAIN), null).problems())
        .containsExactly("c: the target has no such column; the source's is INT64, a key column");
  }

  @Test
  void aRebuiltTableHasTheColumnsNewNames() {
    TypeMapping renamed =
        new TypeMapping(
            "v", BqType.parse("STRING"), LossPolicy.STRING, "{c}", null, null, "worth", null);
    TypeMapping added =
        new TypeMapping(
            "w", BqType.parse("STRING"), LossPolicy.STRING, "{c}", null, null, "weight", null);
    SchemaDrift.Delta delta =
        new SchemaDrift.Delta(
            List.of(mapping("id", "INT64"), renamed, added), List.of("id"), Set.of("v", "w"));
    WarehouseTable target =
        table(
            OURS,
            TableLayout.PLAIN,
            new WarehouseColumn("id", "INT64", true),
            new WarehouseColumn("worth", "BYTES", false));
    assertThat(drift(delta, target, null).rebuilt(delta, target))
        .containsExactly(
            new WarehouseColumn("id", "INT64", true),
            new WarehouseColumn("worth", "STRING", false),
            new WarehouseColumn("weight", "STRING", false));
  }

  /** A key has the name in the target that the table file gives it; another column may have its. */
  @Test
  void ofARebuiltTableTheKeyIsRequiredWhateverItIsCalled() {
    TypeMapping key =
        new TypeMapping(
            "Id", BqType.parse("INT64"), LossPolicy.STRING, "{c}", null, null, "id_2", null);
    SchemaDrift.Delta delta =
        new SchemaDrift.Delta(List.of(key, mapping("id", "STRING")), List.of("Id"), Set.of("id"));
    WarehouseTable target =
        table(
            OURS,
            TableLayout.PLAIN,
            new WarehouseColumn("id_2", "INT64", true),
            new WarehouseColumn("id", "BYTES", false));
    assertThat(drift(delta, target, null).rebuilt(delta, target))
        .containsExactly(
            new WarehouseColumn("id_2", "INT64", true), new WarehouseColumn("id", "STRING", false));
  }

  private static SchemaDrift drift(String from, String to, Map<String, String> labels) {
    return drift(
        delta(from), table(labels, TableLayout.PLAIN, new WarehouseColumn("C", to, false)), null);
  }

  private static SchemaDrift drift(
      SchemaDrift.Delta delta, WarehouseTable target, @Nullable FilledColumns filled) {
    return SchemaDrift.of(delta, target, filled);
  }

  private static SchemaDrift.Delta delta(String type) {
    return new SchemaDrift.Delta(List.of(mapping("c", parsed(type))), List.of(), Set.of("c"));
  }

  private static String parsed(String type) {
    return type.replaceFirst("\\((\\d+)\\)", "($1, 0)");
  }

  private static TypeMapping mapping(String column, String type) {
    return new TypeMapping(column, BqType.parse(type), LossPolicy.STRING, "{c}", null);
  }

  private static WarehouseTable table(
      Map<String, String> labels, TableLayout layout, WarehouseColumn... columns) {
    return new WarehouseTable(
        new TableRef("p", "d", "t"), Instant.EPOCH, List.of(columns), labels, layout);
  }
}
