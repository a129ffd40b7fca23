package io.deltaferry.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.table.Partitioning;
import io.deltaferry.table.TableLayout;
import io.deltaferry.table.TableRef;
import io.deltaferry.table.ViewKind;
import io.deltaferry.table.WarehouseColumn;
import io.deltaferry.table.WarehouseTable;
import io.deltaferry.testing.Golden;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Views beside targets as text; what they show is proven against the local BigQuery. */
class TargetViewTest {
  private static final TableRef TARGET = new TableRef("p", "shop", "open orders");
  private static final List<WarehouseColumn> COLUMNS =
      List.of(
          new WarehouseColumn("id", "INT64", true),
          new WarehouseColumn("price", "NUMERIC(12, 2)", false),
          new WarehouseColumn("tags", "ARRAY<STRING(10)>", false),
          new WarehouseColumn("_uploaded_at", "TIMESTAMP", false));

  @Test
  void areWrittenAsTheyWere() {
    TableLayout filtered = new TableLayout(Partitioning.daily("day"), List.of(), true);
    Golden.verify(
        "io/deltaferry/sql/target-views",
        Map.of(
            "latest.sql", text(ViewKind.LATEST, target(COLUMNS)),
            "latest_filtered.sql", text(ViewKind.LATEST, kept(COLUMNS, filtered)),
            "current.sql", text(ViewKind.CURRENT, target(deletable())),
            "current_filtered.sql", text(ViewKind.CURRENT, kept(deletable(), filtered)),
            "current_never_reconciled.sql", text(ViewKind.CURRENT, target(COLUMNS))));
  }

  @Test
  void oneWithTheSameTextAndColumnsStands() {
    WarehouseTable target = target(deletable());
    List<WarehouseColumn> reported =
        List.of(
            new WarehouseColumn("id", "INT64", false),
            new WarehouseColumn("price", "NUMERIC", false),
            new WarehouseColumn("tags", "ARRAY<STRING>", false),
            new WarehouseColumn("_uploaded_at", "TIMESTAMP", false));
    assertThat(stands(view(target, reported), target)).isTrue();
    assertThat(stands(view(target, reported.subList(1, 4)), target)).as("a new column").isFalse();
    List<WarehouseColumn> wider = new ArrayList<>(reported);
    wider.set(0, new WarehouseColumn("id", "NUMERIC", false));
    assertThat(stands(view(target, wider), target)).as("another type").isFalse();
    assertThat(stands(view(target(COLUMNS), reported), target)).as("another text").isFalse();
    assertThat(stands(target(reported), target)).as("a table").isFalse();
  }

  @Test
  void onlyAViewWithOurLabelIsOurs() {
    WarehouseTable target = target(COLUMNS);
    assertThat(TargetView.isOurs(view(target, COLUMNS))).isTrue();
    assertThat(TargetView.isOurs(target)).as("a table with our label").isFalse();
    WarehouseTable theirs =
        new WarehouseTable(
            TARGET, Instant.EPOCH, COLUMNS, Map.of(), TableLayout.PLAIN, "SELECT 1 AS id");
    assertThat(TargetView.isOurs(theirs)).isFalse();
  }

  private static boolean stands(WarehouseTable view, WarehouseTable target) {
    return TargetView.stands(view, ViewKind.CURRENT, target);
  }

  private static WarehouseTable view(WarehouseTable target, List<WarehouseColumn> columns) {
    CreateView made = TargetView.of(ViewKind.CURRENT.beside(TARGET), ViewKind.CURRENT, target);
    return new WarehouseTable(
        made.ref(), Instant.EPOCH, columns, made.labels(), TableLayout.PLAIN, made.query() + "\n");
  }

  private static List<WarehouseColumn> deletable() {
    List<WarehouseColumn> columns = new ArrayList<>(COLUMNS);
    columns.addAll(MergeColumns.DELETION);
    return columns;
  }

  private static WarehouseTable target(List<WarehouseColumn> columns) {
    return kept(columns, TableLayout.PLAIN);
  }

  private static WarehouseTable kept(List<WarehouseColumn> columns, TableLayout layout) {
    return new WarehouseTable(
        TARGET, Instant.EPOCH, columns, Map.of("managed_by", "deltaferry"), layout);
  }

  private static String text(ViewKind kind, WarehouseTable target) {
    return TargetView.of(kind.beside(TARGET), kind, target).statement().text() + "\n";
  }
}
