package io.deltaferry.sql;

import io.deltaferry.table.TableRef;
import io.deltaferry.table.ViewKind;
import io.deltaferry.table.WarehouseColumn;
import io.deltaferry.table.WarehouseTable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The view beside a target.
 *
 * <pre>
 * latest    SELECT * FROM target WHERE _uploaded_at = (SELECT MAX(_uploaded_at) FROM target)
 * current   SELECT * EXCEPT (_deleted, _deleted_at) FROM target WHERE _deleted IS NOT TRUE
 * </pre>
 *
 * <p>With a star BigQuery answers with the target's columns of the day, also before the view is
 * made anew for them. What it reports as the view's columns are those of the day it was made.
 */
public final class TargetView {
  private final WarehouseTable target;
  private final ViewKind kind;

  private TargetView(WarehouseTable target, ViewKind kind) {
    this.target = target;
    this.kind = kind;
  }

  /** What makes the view. */
  public static CreateView of(TableRef view, ViewKind kind, WarehouseTable target) {
    TargetView made = new TargetView(target, kind);
    return new CreateView(
        view,
        made.query(),
        made.description(),
        Map.of(SchemaDrift.MANAGED_BY, SchemaDrift.DELTAFERRY));
  }

  /** Whether a view is one that Deltaferry made, and may make anew. */
  public static boolean isOurs(WarehouseTable view) {
    return view.query() != null
        && SchemaDrift.DELTAFERRY.equals(view.labels().get(SchemaDrift.MANAGED_BY));
  }

  /** Whether a view is the one that would be made of the target. */
  public static boolean stands(WarehouseTable view, ViewKind kind, WarehouseTable target) {
    TargetView wanted = new TargetView(target, kind);
    String query = view.query();
    return query != null
        && query.strip().equals(wanted.query())
        && columns(view.columns()).equals(columns(wanted.shown()));
  }

  private String query() {
    return switch (kind) {
      case LATEST -> latest();
      case CURRENT -> current();
    };
  }

  private String latest() {
    return """
        SELECT *
        FROM %1$s AS %2$s
        WHERE %2$s.%3$s = (
          SELECT MAX(%3$s)
          FROM %1$s%4$s
        )%5$s"""
        .formatted(
            path(),
            UpsertRows.TARGET,
            MergeColumns.UPLOADED_AT,
            EveryPartition.where(target.layout()),
            EveryPartition.and(target.layout(), UpsertRows.TARGET));
  }

  private String current() {
    List<String> hidden = hidden().map(BqIdentifier::quote).toList();
    if (hidden.isEmpty()) {
      return "SELECT *\nFROM " + path() + EveryPartition.where(target.layout());
    }
    return """
        SELECT * EXCEPT (%1$s)
        FROM %2$s AS %3$s
        WHERE %4$s%5$s"""
        .formatted(
            String.join(", ", hidden),
            path(),
            UpsertRows.TARGET,
            UpsertRows.TARGET + "." + MergeColumns.DELETED + " IS NOT TRUE",
            EveryPartition.and(target.layout(), UpsertRows.TARGET));
  }

  private String path() {
    return MergeScript.path(target.ref());
  }

  /**
   * Of a row that is shown they say nothing. A target that nobody has reconciled yet lacks them,
   * and columns of these names that are something else are left alone.
   */
  private Stream<String> hidden() {
    return kind == ViewKind.CURRENT && MergeColumns.isDeletable(target, Set.of())
        ? MergeColumns.DELETION.stream().map(WarehouseColumn::name)
        : Stream.empty();
  }

  private List<WarehouseColumn> shown() {
    return target.columns().stream()
        .filter(column -> hidden().noneMatch(column.name()::equalsIgnoreCase))
        .toList();
  }

  /** Names and types; a view has neither NOT NULL nor the limits of a type. */
  private static List<String> columns(List<WarehouseColumn> columns) {
    return columns.stream()
        .map(column -> column.name() + " " + column.type().replaceAll("\\([^)]*\\)", ""))
        .toList();
  }

  private String description() {
    return switch (kind) {
      case LATEST -> "Deltaferry: the newest copy in " + target.ref().table();
      case CURRENT -> "Deltaferry: the rows of " + target.ref().table() + " that are not deleted";
    };
  }
}
