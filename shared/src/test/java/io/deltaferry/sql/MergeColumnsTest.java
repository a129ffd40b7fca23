package io.deltaferry.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.table.TableRef;
import io.deltaferry.table.WarehouseColumn;
import io.deltaferry.table.WarehouseTable;
import io.deltaferry.type.BqType;
import io.deltaferry.type.LossPolicy;
import io.deltaferry.type.TypeMapping;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergeColumnsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INT64 | INT64 | _df_delta.`c`",
        "INT64 | NUMERIC | CAST(_df_delta.`c` AS NUMERIC)",
        "INT64 | STRING | CAST(_df_delta.`c` AS STRING)",
        "STRING | STRING(20) | _df_delta.`c`",
        "STRING | INT64 | CAST(_df_delta.`c` AS INT64)",
        "NUMERIC(10, 2) | NUMERIC | CAST(_df_delta.`c` AS NUMERIC)",
        "NUMERIC(10, 2) | NUMERIC(12, 2) | CAST(_df_delta.`c` AS NUMERIC(12, 2))",
        "NUMERIC | BIGNUMERIC | CAST(_df_delta.`c` AS BIGNUMERIC)",
        "TIMESTAMP | DATETIME | CAST(_df_delta.`c` AS DATETIME)",
        "JSON | STRING | IF(_df_delta.`c` IS NULL, NULL, TO_JSON_STRING(_df_delta.`c`))",
      })
  void aCastThatKeepsTheValueIsMade(String from, String to, String expression) {
    assertThat(match(from, to).columns().get(0).value()).isEqualTo(expression);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NUMERIC | INT64",
        "FLOAT64 | INT64",
        "FLOAT64 | NUMERIC",
        // Beyond 2^53 an integer would be rounded, and hardly a decimal fraction is a binary one.
        "INT64 | FLOAT64",
        "NUMERIC(10, 2) | FLOAT64",
        "BIGNUMERIC | FLOAT64",
        // BigQuery rounds the digits of a text that do not fit.
        "STRING | FLOAT64",
        "STRING | NUMERIC",
        "STRING | BIGNUMERIC",
        "BIGNUMERIC | NUMERIC",
        "NUMERIC(10, 4) | NUMERIC(10, 2)",
        "TIMESTAMP | DATE",
        "INT64 | BOOL",
        "STRING | JSON",
        "STRING | ARRAY<STRING>",
        "STRING | STRUCT<a STRING>",
        "BOOL | DATE",
      })
  void aCastThatCouldLoseSomethingIsRefused(String from, String to) {
    assertThatThrownBy(() -> match(from, to))
        .isInstanceOfSatisfying(
            DeltaferryException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.TARGET_INCOMPATIBLE))
        .hasMessageContaining("c: the source's " + from + " cannot become the target's " + to);
  }

  @Test
  void namesMatchWithoutCaseAndKeepTheTargetsSpelling() {
    MergeColumns columns =
        MergeColumns.match(
            List.of(mapping("orderId", "INT64")),
            List.of("orderId"),
            table(new WarehouseColumn("OrderID", "INT64", true)));
    assertThat(columns.columns())
        .containsExactly(
            new MergeColumns.MergeColumn(
                "orderId", "OrderID", "_df_delta.`orderId`", true, BqType.Name.INT64));
    assertThat(columns.stamped()).isFalse();
  }

  @Test
  void allProblemsComeAtOnce() {
    assertThatThrownBy(
            () ->
                MergeColumns.match(
                    List.of(mapping("id", "INT64"), mapping("new", "STRING"), mapping("t", "JSON")),
                    List.of("id"),
                    table(
                        new WarehouseColumn("id", "INT64", true),
                        new WarehouseColumn("t", "DATE", false),
                        new WarehouseColumn("must", "STRING", true))))
        .hasMessageContaining("new: the target has no such column; the source's is STRING")
        .hasMessageContaining("t: the source's JSON cannot become the target's DATE")
        .hasMessageContaining("must (STRING): the target requires it");
  }

  private static MergeColumns match(String from, String to) {
    return MergeColumns.match(
        List.of(mapping("c", from)), List.of(), table(new WarehouseColumn("c", to, false)));
  }

  private static TypeMapping mapping(String column, String type) {
    return new TypeMapping(column, BqType.parse(type), LossPolicy.STRING, "{c}", null);
  }

  private static WarehouseTable table(WarehouseColumn... columns) {
    return new WarehouseTable(
        new TableRef("p", "d", "t"), Instant.EPOCH, List.of(columns), Map.of());
  }
}
