package io.deltaferry.cli;

import io.deltaferry.cli.sync.SyncOrder;
import io.deltaferry.table.SyncMode;
import io.deltaferry.table.TableFile;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** The tables that a command is about. */
final class TableNames {
  @Parameters(
      paramLabel = "TABLE",
      arity = "0..*",
      split = ",",
      description =
          "Names from the table file, with blanks or commas between them. Default: all of them.")
  private List<String> names = List.of();

  /**
   * They, in the order in which they are synced.
   *
   * @param only leaves out tables of another mode; null for no such limit
   * @throws io.deltaferry.error.DeltaferryException as {@link SyncOrder#of}
   */
  List<String> of(TableFile tables, @Nullable SyncMode only) {
    return SyncOrder.of(tables, names, only);
  }
}
