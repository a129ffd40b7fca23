package io.deltaferry.sql;

import io.deltaferry.sql.MergeColumns.MergeColumn;
import io.deltaferry.table.MaxDeletes;
import io.deltaferry.table.ReconcileSettings.Deletes;
import io.deltaferry.table.SyncMode;
import io.deltaferry.table.TableLayout;
import io.deltaferry.table.TableRef;
import io.deltaferry.testing.Golden;
import io.deltaferry.type.BqType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the scripts do is proven where they run, against the local BigQuery. */
class ApplyChangesTest {
  @Test
  void theScriptsReadTopToBottom() {
    Golden.verify(
        "io/deltaferry/sql/apply",
        Map.of(
            "told-soft.sql", script(Deletes.SOFT, true),
            "told-hard.sql", script(Deletes.HARD, true),
            "copy-soft.sql", script(Deletes.SOFT, false)));
  }

  private static String script(Deletes deletes, boolean told) {
    MergeScript.Shape shape =
        new MergeScript.Shape(
            SyncMode.CHANGE_LOG,
            new TableRef("p", "d", "t"),
            new TableRef("p", "s", "t__7"),
            new TableRef("p", "c", "state__t"),
            new TableRef("p", "c", "sync_runs"),
            new MergeColumns(
                List.of(
                    new MergeColumn("id", "id", "_df_delta.`id`", true, BqType.Name.INT64),
                    new MergeColumn("v", "v", "_df_delta.`v`", false, BqType.Name.STRING)),
                true,
                deletes == Deletes.SOFT,
                List.of()),
            TableLayout.PLAIN,
            false,
            null,
            new Deletion(deletes, MaxDeletes.parse("10%"), false, told, true));
    return MergeScript.of(shape, Map.of()).text();
  }
}
