package io.deltaferry.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.table.NewTable;
import io.deltaferry.table.Partitioning;
import io.deltaferry.table.Partitioning.Granularity;
import io.deltaferry.table.Partitioning.Range;
import io.deltaferry.table.TableLayout;
import io.deltaferry.table.TableRef;
import io.deltaferry.table.WarehouseColumn;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CreateTableTest {
  @Test
  void saysColumnsLayoutAndOptions() {
    TableLayout layout = new TableLayout(Partitioning.daily("at"), List.of("id", "Odd Name"), true);
    assertThat(CreateTable.of(table("TIMESTAMP", layout)))
        .isEqualTo(
            """
            CREATE TABLE IF NOT EXISTS `p`.`d`.`t` (
              `id` INT64 NOT NULL,
              `Odd Name` STRING,
              `at` TIMESTAMP
            )
            PARTITION BY TIMESTAMP_TRUNC(`at`, DAY)
            CLUSTER BY `id`, `Odd Name`
            OPTIONS (
              description = "Kept \\"equal\\"",
              labels = [("a", "1"), ("b", "2")],
              require_partition_filter = TRUE
            );""");
  }

  /** In each way of breaking a line, with quotes and backslashes. */
  @Test
  void descriptionsMayHoldWhatPeopleWrite() {
    NewTable table =
        new NewTable(
            new TableRef("p", "d", "t"),
            List.of(new WarehouseColumn("id", "INT64", true)),
            Map.of(),
            null,
            "one\r\ntwo",
            TableLayout.PLAIN,
            Map.of("id", "say \"it\"\nin C:\\new"));
    assertThat(CreateTable.of(table))
        .contains("`id` INT64 NOT NULL OPTIONS (description = \"say \\\"it\\\"\\nin C:\\\\new\")")
        .contains("description = \"one\\r\\ntwo\"");
  }

  @ParameterizedTest
  @CsvSource({
    "DATE, DAY, `at`",
    "DATE, MONTH, 'DATE_TRUNC(`at`, MONTH)'",
    "DATETIME, HOUR, 'DATETIME_TRUNC(`at`, HOUR)'",
    "TIMESTAMP, YEAR, 'TIMESTAMP_TRUNC(`at`, YEAR)'",
  })
  void eachTypeOfTimeHasItsOwnFunction(String type, Granularity granularity, String expression) {
    TableLayout layout =
        new TableLayout(new Partitioning("at", granularity, null), List.of(), false);
    assertThat(CreateTable.of(table(type, layout))).contains("\nPARTITION BY " + expression + "\n");
  }

  @Test
  void rangesAreBuckets() {
    TableLayout layout =
        new TableLayout(new Partitioning("id", null, new Range(0, 100, 10)), List.of(), false);
    assertThat(CreateTable.of(table("DATE", layout)))
        .contains("PARTITION BY RANGE_BUCKET(`id`, GENERATE_ARRAY(0, 100, 10))");
  }

  private static NewTable table(String type, TableLayout layout) {
    return new NewTable(
        new TableRef("p", "d", "t"),
        List.of(
            new WarehouseColumn("id", "INT64", true),
            new WarehouseColumn("Odd Name", "STRING", false),
            new WarehouseColumn("at", type, false)),
        Map.of("b", "2", "a", "1"),
        null,
        "Kept \"equal\"",
        layout);
  }
}
