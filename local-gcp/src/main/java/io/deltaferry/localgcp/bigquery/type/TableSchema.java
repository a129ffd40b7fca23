package io.deltaferry.localgcp.bigquery.type;

import java.util.List;
import java.util.Optional;

/** The fields of a table or result, in order; names are unique without regard to case. */
public record TableSchema(List<FieldSchema> fields) {

  /**
   * Result columns of one query may even repeat names, so names are checked by {@link #checked}.
   */
  public TableSchema {
    fields = List.copyOf(fields);
  }

  public static TableSchema of(FieldSchema... fields) {
    return new TableSchema(List.of(fields));
  }

  /**
   * This schema as one a table can be created with.
   *
   * @throws io.deltaferry.localgcp.http.GoogleError {@code invalid} for a name BigQuery refuses
   */
  public TableSchema checked() {
    ColumnNames.check(fields);
    return this;
  }

  /** The top-level field of this name, compared as BigQuery does: without regard to case. */
  public Optional<FieldSchema> field(String name) {
    return fields.stream().filter(field -> field.name().equalsIgnoreCase(name)).findFirst();
  }
}
