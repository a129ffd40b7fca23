package io.deltaferry.table;

import io.deltaferry.config.Setting;
import java.util.List;
import java.util.Optional;

/**
 * A table (or view) of the source database, its names exactly as the catalog holds them.
 *
 * @param schema for example {@code public}; never quoted
 * @param table never quoted
 */
public record SourceTable(String schema, String table) implements RowSource {
  /** The table that a setting names; empty after noting a problem. */
  static Optional<SourceTable> read(Setting setting) {
    return setting.as(
        text -> {
          List<String> parts = PostgresName.parse(text);
          if (parts.size() != 2) {
            throw new IllegalArgumentException("must name schema and table, as in public.orders");
          }
          return new SourceTable(parts.get(0), parts.get(1));
        });
  }

  /** The name as PostgreSQL reads it, quoted only where it must be; parsing it gives it back. */
  @Override
  public String toString() {
    return PostgresName.written(schema) + "." + PostgresName.written(table);
  }
}
