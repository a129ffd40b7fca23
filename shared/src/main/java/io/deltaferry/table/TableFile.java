package io.deltaferry.table;

import io.deltaferry.config.NearestName;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import java.util.List;
import java.util.Optional;

/**
 * A whole table file: one source, one target, and the tables in the file's order.
 *
 * @param bucket where deltas are staged
 * @param topicPrefix starts the names of the deployment's topics and subscriptions; empty for none
 */
public record TableFile(
    SourceConfig source,
    TargetConfig target,
    String bucket,
    String topicPrefix,
    List<TableConfig> tables) {

  public TableFile {
    tables = List.copyOf(tables);
  }

  /** The table of that name, or empty. */
  public Optional<TableConfig> table(String name) {
    return tables.stream().filter(table -> table.name().equals(name)).findFirst();
  }

  /**
   * The table of that name.
   *
   * @throws DeltaferryException TABLE_UNKNOWN, with the nearest known name
   */
  public TableConfig requiredTable(String name) {
    return table(name).orElseThrow(() -> unknown(name));
  }

  private DeltaferryException unknown(String name) {
    List<String> known = tables.stream().map(TableConfig::name).toList();
    return new DeltaferryException(
        ErrorCode.TABLE_UNKNOWN,
        "the table file has no table '%s'%s; add it under 'tables' or correct the name"
            .formatted(
                name,
                NearestName.of(name, known).map(", did you mean '%s'?"::formatted).orElse("")));
  }
}
