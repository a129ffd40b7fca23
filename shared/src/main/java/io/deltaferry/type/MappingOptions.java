package io.deltaferry.type;

import java.util.Map;
import java.util.Set;

/**
 * What a table decides about its types.
 *
 * @param policies by column; a column without one has its type's default
 * @param unknownTypesAsText whether types without a mapping become STRING ({@code unknown_types:
 *     text})
 * @param keys the key columns: never clamped, nulled or rounded
 * @param hashed columns of which a hash is staged
 * @param columns further settings by column
 */
public record MappingOptions(
    Map<String, LossPolicy> policies,
    boolean unknownTypesAsText,
    Set<String> keys,
    Hashed hashed,
    Map<String, ColumnSettings> columns) {
  /**
   * Columns of which a hash is staged.
   *
   * @param keyId with which key
   */
  public record Hashed(Set<String> columns, String keyId) {
    public static final Hashed NONE = new Hashed(Set.of(), "");

    public Hashed {
      columns = Set.copyOf(columns);
    }
  }

  public static final MappingOptions DEFAULT = new MappingOptions(Map.of(), false, Set.of());

  public MappingOptions {
    policies = Map.copyOf(policies);
    keys = Set.copyOf(keys);
    columns = Map.copyOf(columns);
  }

  /** Without hashes, and without settings of single columns. */
  public MappingOptions(
      Map<String, LossPolicy> policies, boolean unknownTypesAsText, Set<String> keys) {
    this(policies, unknownTypesAsText, keys, Hashed.NONE, Map.of());
  }

  ColumnSettings settings(String column) {
    return columns.getOrDefault(column, ColumnSettings.NONE);
  }
}
