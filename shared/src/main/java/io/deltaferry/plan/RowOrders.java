package io.deltaferry.plan;

import io.deltaferry.sql.Cursor;
import io.deltaferry.sql.RowOrder;
import io.deltaferry.sql.RowOrder.KeyColumn;
import io.deltaferry.table.Column;
import io.deltaferry.table.TableSchema;
import io.deltaferry.type.PgType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which columns order a source's rows. */
public final class RowOrders {
  private static final Set<String> TEXTS = Set.of("text", "varchar", "bpchar", "name");

  /** Base types whose text is read back as a value that is equal in their order. */
  private static final Set<String> ORDERED =
      Set.of(
          "int2",
          "int4",
          "int8",
          "oid",
          "numeric",
          "float4",
          "float8",
          "bool",
          "uuid",
          "date",
          "time",
          "timetz",
          "timestamp",
          "timestamptz",
          "interval",
          "bytea",
          "inet",
          "cidr",
          "macaddr",
          "macaddr8");

  private RowOrders() {}

  /**
   * By cursor and key, or by the cursor alone where a key column has no order that we know.
   *
   * @param everything whether the run reads rows without a cursor too
   */
  public static RowOrder of(
      Cursor cursor, List<String> key, TableSchema schema, boolean everything) {
    boolean nullable = schema.column(cursor.column()).map(Column::nullable).orElse(true);
    return new RowOrder(cursor.column(), everything && nullable, ordered(key, schema));
  }

  /** By key alone; empty where one of its columns has no order that we know, or may be NULL. */
  public static Optional<RowOrder> byKey(List<String> key, TableSchema schema) {
    List<KeyColumn> columns = ordered(key, schema);
    return columns.isEmpty() || columns.stream().anyMatch(KeyColumn::nullable)
        ? Optional.empty()
        : Optional.of(RowOrder.byKey(columns));
  }

  private static List<KeyColumn> ordered(List<String> key, TableSchema schema) {
    List<Column> columns = key.stream().flatMap(name -> schema.column(name).stream()).toList();
    return columns.stream().allMatch(column -> isOrdered(column.type()))
        ? columns.stream()
            .map(
                column ->
                    new KeyColumn(
                        column.name(), TEXTS.contains(column.type().name()), column.nullable()))
            .toList()
        : List.of();
  }

  private static boolean isOrdered(PgType type) {
    return switch (type.kind()) {
      case ENUM -> true;
      case BASE -> ORDERED.contains(type.name()) || TEXTS.contains(type.name());
      case COMPOSITE, RANGE, MULTIRANGE, ARRAY, PSEUDO -> false;
    };
  }
}
