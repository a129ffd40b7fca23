package io.deltaferry.cli.chaos;

import io.deltaferry.cli.endtoend.World;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.StoredObject;
import java.util.List;

/**
 * All that a run could change of a table.
 *
 * @param rows of the target
 * @param state of the target: number and watermark of its newest run
 * @param merged the ledger's rows of the table's merged runs, whole
 * @param runs the objects of all runs, as they are in the bucket
 */
record Settled(List<String> rows, String state, List<String> merged, List<String> runs) {
  private static final int ALL = 100_000;

  static Settled of(World world, String table) {
    return new Settled(
        world.targetRows(table),
        world.stack().state(table).orElseThrow(),
        world
            .stack()
            .query(
                "SELECT TO_JSON_STRING(t) FROM control.sync_runs AS t WHERE table_name = '%s' ORDER BY seq"
                    .formatted(table)),
        world.stack().control().list(ObjectNames.controlPrefix(table), ALL).stream()
            .map(StoredObject::name)
            .toList());
  }
}
