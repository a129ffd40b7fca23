package io.deltaferry.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds docs/table-file.md to what the parser knows. */
class TableFileReferenceTest {
  private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(.*?)```");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(\\w+)`( \\*)? \\|([^|]*)\\|(?:([^|]*)\\|([^|]*)\\|)?$");

  private final String page = Files.readString(Path.of("..", "docs", "table-file.md"));

  TableFileReferenceTest() throws IOException {}

  @Test
  void itsExampleIsATableFile() {
    Matcher yaml = YAML.matcher(page);
    assertThat(yaml.find()).isTrue();

    TableFile file = TableCatalog.read(yaml.group(1), Map.of("SHOP_PASSWORD", "x"));

    assertThat(file.tables())
        .extracting(TableConfig::name)
        .containsExactly("orders", "order_lines", "open_orders");
    assertThat(file.requiredTable("order_lines").source())
        .isEqualTo(new SourceTable("Shop Floor", "Order.Lines"));
  }

  @Test
  void hasARowForEveryKeyAndNoOther() {
    assertThat(rows("## Top level")).containsExactlyElementsOf(TableKeys.FILE);
    assertThat(rows("## `source`")).containsExactlyElementsOf(TableKeys.SOURCE);
    assertThat(rows("## `target`")).containsExactlyElementsOf(TableKeys.TARGET);
    assertThat(rows("## `tables`")).containsExactlyElementsOf(TableKeys.TABLE);
    assertThat(rows("## `columns`")).containsExactlyElementsOf(TableKeys.COLUMN);
  }

  @Test
  void marksWhatCanBeADefault() {
    List<String> marked =
        ROW.matcher(section("## `tables`"))
            .results()
            .filter(row -> row.group(2) != null)
            .map(row -> row.group(1))
            .toList();

    assertThat(marked).containsExactlyInAnyOrderElementsOf(TableKeys.DEFAULTS);
  }

  @Test
  void statesTheBuiltInDefaults() {
    TableConfig orders =
        TableCatalog.read(TableFiles.text("minimal.yaml"), Map.of()).requiredTable("orders");
    StringBuilder stated = new StringBuilder(TableFiles.text("minimal.yaml"));
    for (String key :
        List.of(
            "mode",
            "priority",
            "lateness",
            "strict",
            "stamped_by",
            "clock_margin",
            "id_lateness",
            "unknown_types",
            "part_bytes",
            "slice_rows",
            "parallel_slices",
            "extract_in",
            "run_expiry",
            "cursor_time_zone",
            "max_replica_lag",
            "max_lag",
            "run_id_column",
            "on_new_column",
            "on_schema_change",
            "view")) {
      stated.append("    %s: %s%n".formatted(key, defaultOf(key)));
    }

    assertThat(TableCatalog.read(stated.toString(), Map.of()).requiredTable("orders"))
        .isEqualTo(orders);
    assertThat(defaultOf("assume_unique")).isEqualTo(Boolean.toString(orders.assumeUnique()));
  }

  private String defaultOf(String key) {
    return ROW.matcher(section("## `tables`"))
        .results()
        .filter(row -> row.group(1).equals(key))
        .map(row -> row.group(4).replace("`", "").strip())
        .findFirst()
        .orElseThrow();
  }

  private List<String> rows(String heading) {
    return ROW.matcher(section(heading)).results().map(row -> row.group(1)).toList();
  }

  private String section(String heading) {
    int start = page.indexOf("\n" + heading + "\n");
    assertThat(start).as(heading).isPositive();
    int end = page.indexOf("\n## ", start + 1);
    return page.substring(start, end < 0 ? page.length() : end);
  }
}
