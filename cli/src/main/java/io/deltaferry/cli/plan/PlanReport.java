package io.deltaferry.cli.plan;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.cli.query.TextTable;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.extractor.RunPreview;
import io.deltaferry.plan.RunPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How plans are shown. */
public final class PlanReport {
  private static final List<String> HEADS =
      List.of("table", "mode", "rows", "bytes", "merge bytes", "slices", "reads from", "target");
  private static final List<Boolean> RIGHT =
      List.of(false, false, true, true, true, true, false, false);
  private static final String NOTHING = "-";

  private PlanReport() {}

  /**
   * A line for each table, and below it why, and what stands in the way.
   *
   * @param sql whether the statements follow
   */
  public static List<String> lines(List<PlannedTable> tables, boolean sql) {
    TextTable text = new TextTable(HEADS, RIGHT);
    tables.forEach(table -> text.add(cells(table)));
    List<String> lines = new ArrayList<>(text.lines());
    for (PlannedTable table : tables) {
      List<String> about = about(table);
      if (!about.isEmpty()) {
        lines.add("");
        lines.add(table.table());
        about.forEach(line -> lines.add("  " + line));
      }
    }
    if (sql) {
      tables.forEach(table -> lines.addAll(statements(table)));
    }
    return lines;
  }

  private static List<String> cells(PlannedTable table) {
    RunPreview.Seen seen = table.seen();
    if (seen == null) {
      return List.of(
          table.table(), "refused", NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING);
    }
    RunPlan plan = seen.plan();
    return List.of(
        table.table(),
        plan.mode().word(),
        count(plan.estimatedRows()),
        count(seen.bytes()),
        count(table.cost() == null ? null : table.cost().bytes()),
        Integer.toString(plan.slicing().slices().size()),
        plan.low().low() == null ? "the beginning" : plan.low().low(),
        plan.target().dataset() + "." + plan.target().table());
  }

  private static List<String> about(PlannedTable table) {
    List<String> lines = new ArrayList<>();
    DeltaferryException refusal = table.refusal();
    if (refusal != null) {
      lines.add("refused: " + refusal.code() + ": " + refusal.getMessage());
    }
    RunPreview.Seen seen = table.seen();
    if (seen != null) {
      RunPlan plan = seen.plan();
      lines.add("low: " + plan.low().describe());
      lines.add("bound: " + plan.bound().reason().sentence());
      if (table.cost() != null) {
        lines.add("merge: " + table.cost().sentence());
      }
      String change = new RunStatements(seen).schemaChange();
      if (!change.isEmpty()) {
        lines.add("target: " + change);
      }
      String view = new RunStatements(seen).view();
      if (!view.isEmpty()) {
        lines.add("view: " + view);
      }
      if (!plan.quarantined().isEmpty()) {
        lines.add("left out until somebody decides: " + String.join(", ", plan.quarantined()));
      }
      if (seen.live() != null) {
        lines.add("run " + seen.live().seq() + " is at work now; this one would come after it");
      }
    }
    table.missing().forEach(what -> lines.add("missing: " + what));
    return lines;
  }

  private static List<String> statements(PlannedTable table) {
    RunPreview.Seen seen = table.seen();
    if (seen == null) {
      return List.of();
    }
    RunStatements statements = new RunStatements(seen);
    List<String> lines = new ArrayList<>();
    add(lines, table, "PostgreSQL", Optional.of(statements.copy()));
    add(lines, table, "BigQuery, the target", statements.create());
    add(lines, table, "BigQuery, its columns", statements.alter());
    add(lines, table, "BigQuery", Optional.of(statements.merge()));
    add(lines, table, "BigQuery, the view", statements.createView());
    return lines;
  }

  private static void add(
      List<String> lines, PlannedTable table, String where, Optional<String> statement) {
    statement.ifPresent(
        text -> {
          lines.add("");
          lines.add("-- " + table.table() + ": " + where);
          text.strip().lines().forEach(lines::add);
        });
  }

  /** One JSON object in one line. */
  public static String json(PlannedTable table) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    RunPreview.Seen seen = table.seen();
    DeltaferryException refusal = table.refusal();
    node.put("table", table.table());
    node.put("works", table.works());
    node.put("error_code", refusal == null ? null : refusal.code().name());
    node.put("error", refusal == null ? null : refusal.getMessage());
    if (seen != null) {
      run(node, seen);
      node.put("merge_bytes", table.cost() == null ? null : table.cost().bytes());
    }
    table.missing().forEach(node.putArray("missing")::add);
    return node.toString();
  }

  private static void run(ObjectNode node, RunPreview.Seen seen) {
    RunPlan plan = seen.plan();
    RunStatements statements = new RunStatements(seen);
    node.put("mode", plan.mode().word());
    node.put("low", plan.low().low());
    node.put("low_reason", plan.low().reason().name());
    node.put("until", plan.until());
    node.put("bound_reason", plan.bound().reason().name());
    node.put("rows", plan.estimatedRows());
    node.put("bytes", seen.bytes());
    node.put("slices", plan.slicing().slices().size());
    node.put("target", plan.target().toString());
    node.put("target_exists", seen.target() != null);
    node.put("schema_change", statements.schemaChange());
    node.put("live_run", seen.live() == null ? null : seen.live().seq());
    node.put("copy", statements.copy());
    node.put("create", statements.create().orElse(null));
    node.put("alter", statements.alter().orElse(null));
    node.put("merge", statements.merge());
    node.put("view", plan.shape().view() == null ? null : plan.shape().view().ref().toString());
    node.put("create_view", statements.createView().orElse(null));
  }

  private static String count(@Nullable Long number) {
    return number == null ? NOTHING : String.format(Locale.ROOT, "%,d", number);
  }
}
