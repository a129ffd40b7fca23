package io.deltaferry.plan;

import io.deltaferry.sql.SchemaDrift;
import io.deltaferry.table.Comments;
import io.deltaferry.table.ReconcileSettings.Deletes;
import io.deltaferry.table.TableLayout;
import io.deltaferry.table.WarehouseColumn;
import io.deltaferry.table.WarehouseTable;
import io.deltaferry.type.BqType;
import io.deltaferry.type.LossPolicy;
import io.deltaferry.type.TypeMapping;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run makes of its target.
 *
 * @param nullable columns that may hold NULL, by the source's names
 * @param anew whether a new table takes the target's place, since its columns cannot become the
 *     source's
 * @param runId the column that says which run a row comes from; null for none
 * @param layout of a target that is made
 * @param labels of a target that is made, besides Deltaferry's own
 * @param comments that describe a target that is made
 * @param deletion what becomes of rows that the source has lost; null where the run's mode is
 *     another
 * @param view that stands beside the target; null for none
 * @param lacksRows whether rows are gone that the state counts as read, so that the next increment
 *     has to read everything; a plan of an older build does not say so
 */
public record PlannedTarget(
    List<String> nullable,
    boolean anew,
    @Nullable String runId,
    TableLayout layout,
    Map<String, String> labels,
    Comments comments,
    @Nullable PlannedDeletion deletion,
    @Nullable PlannedView view,
    boolean lacksRows) {
  /** Of plans that say nothing about it. */
  static final PlannedTarget NONE = new PlannedTarget(List.of(), false, null);

  public PlannedTarget {
    nullable = List.copyOf(nullable);
    // A plan of an older build has none of these.
    layout = layout == null ? TableLayout.PLAIN : layout;
    labels = labels == null ? Map.of() : Map.copyOf(labels);
    comments = comments == null ? Comments.NONE : comments;
  }

  /** Of a target that lacks nothing. */
  public PlannedTarget(
      List<String> nullable,
      boolean anew,
      @Nullable String runId,
      TableLayout layout,
      Map<String, String> labels,
      Comments comments,
      @Nullable PlannedDeletion deletion,
      @Nullable PlannedView view) {
    this(nullable, anew, runId, layout, labels, comments, deletion, view, false);
  }

  /** Of a target that is there, or is made without more. */
  public PlannedTarget(List<String> nullable, boolean anew, @Nullable String runId) {
    this(nullable, anew, runId, TableLayout.PLAIN, Map.of(), Comments.NONE, null, null);
  }

  /** Whether rows that the source has lost say so. */
  public boolean marksDeleted() {
    return deletion != null && deletion.how().deletes() == Deletes.SOFT;
  }

  /** The columns that say so, as far as the target lacks them. */
  public List<WarehouseColumn> unmarked(WarehouseTable target) {
    return deletion == null ? List.of() : deletion.missing(target);
  }

  /** The same of a run that deletes rows. */
  public PlannedTarget reconciling(PlannedDeletion lost) {
    return new PlannedTarget(
        nullable, anew, runId, layout, labels, comments, lost, view, lacksRows);
  }

  /** The same with a view beside it, or none. */
  public PlannedTarget viewed(@Nullable PlannedView beside) {
    return new PlannedTarget(
        nullable, anew, runId, layout, labels, comments, deletion, beside, lacksRows);
  }

  /** The same, saying whether rows are gone that the state counts as read. */
  public PlannedTarget lacking(boolean rows) {
    return new PlannedTarget(nullable, anew, runId, layout, labels, comments, deletion, view, rows);
  }

  /** The same where the rows say themselves if they are gone. */
  public PlannedTarget told() {
    return deletion == null ? this : reconciling(deletion.told());
  }

  /** What the run brings, to be compared with what the target has. */
  public SchemaDrift.Delta delta(List<TypeMapping> columns, List<String> key) {
    return new SchemaDrift.Delta(brought(columns), key, new HashSet<>(nullable));
  }

  /** The columns that a merge fills, but for the time of its upload. */
  public List<TypeMapping> brought(List<TypeMapping> columns) {
    if (runId == null) {
      return columns;
    }
    List<TypeMapping> brought = new ArrayList<>(columns);
    brought.add(new TypeMapping(runId, BqType.of(BqType.Name.STRING), LossPolicy.STRING, "", null));
    return List.copyOf(brought);
  }
}
