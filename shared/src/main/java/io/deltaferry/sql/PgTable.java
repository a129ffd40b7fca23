package io.deltaferry.sql;

/** A schema-qualified table, view, foreign table or partitioned table. */
public record PgTable(PgIdentifier schema, PgIdentifier name) implements DeltaSource {
  public static PgTable of(String schema, String name) {
    return new PgTable(new PgIdentifier(schema), new PgIdentifier(name));
  }

  public String sql() {
    return schema.sql() + "." + name.sql();
  }

  @Override
  public String fromItem() {
    return sql();
  }

  @Override
  public String describe() {
    return sql();
  }

  @Override
  public String toString() {
    return sql();
  }
}
