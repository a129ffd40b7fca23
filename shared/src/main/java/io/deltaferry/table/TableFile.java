package io.deltaferry.table;

import io.deltaferry.config.NearestName;
import io.deltaferry.config.Secret;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A whole table file: one source, one target, and the tables in the file's order.
 *
 * @param bucket where deltas are staged
 * @param topicPrefix starts the names of the deployment's topics and subscriptions; empty for none
 * @param hashKey what columns are hashed with; null where there is none
 */
public record TableFile(
    SourceConfig source,
    TargetConfig target,
    String bucket,
    String topicPrefix,
    @Nullable Secret hashKey,
    List<TableConfig> tables) {

  public TableFile {
    tables = List.copyOf(tables);
  }

  /** Whether a column of some table is hashed. */
  public boolean hashes() {
    return tables.stream().anyMatch(table -> !table.privacy().hash().isEmpty());
  }

  /** The same file, whose columns are hashed with that key. */
  public TableFile keyed(String keyId) {
    List<TableConfig> keyed = tables.stream().map(table -> table.keyed(keyId)).toList();
    return new TableFile(source, target, bucket, topicPrefix, hashKey, keyed);
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
