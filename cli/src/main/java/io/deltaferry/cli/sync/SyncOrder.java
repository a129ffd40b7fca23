package io.deltaferry.cli.sync;

import io.deltaferry.table.SyncMode;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.TableFile;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** In which order tables are asked for. */
public final class SyncOrder {
  private SyncOrder() {}

  /**
   * The named tables, those of the highest priority first, in the file's order among equals.
   *
   * @param names empty means all; a name that stands twice counts once
   * @param only the mode that the table file gives them; null means whatever it is
   * @throws io.deltaferry.error.DeltaferryException TABLE_UNKNOWN
   */
  public static List<String> of(TableFile file, List<String> names, @Nullable SyncMode only) {
    names.forEach(file::requiredTable);
    return file.tables().stream()
        .filter(table -> names.isEmpty() || names.contains(table.name()))
        .filter(table -> only == null || table.mode() == only)
        .sorted(Comparator.comparingInt(TableConfig::priority).reversed())
        .map(TableConfig::name)
        .toList();
  }
}
