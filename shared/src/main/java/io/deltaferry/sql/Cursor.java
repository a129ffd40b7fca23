package io.deltaferry.sql;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.table.Column;
import io.deltaferry.table.TableSchema;
import io.deltaferry.type.CursorKind;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The column that orders a source's changes. */
public record Cursor(String column, CursorKind kind) {

  /**
   * The cursor of that name.
   *
   * @throws DeltaferryException COLUMN_MISSING when the source has no such column, CURSOR_INVALID
   *     when its type cannot order changes
   */
  public static Cursor of(String name, TableSchema schema) {
    Column column =
        schema
            .column(name)
            .orElseThrow(
                () ->
                    new DeltaferryException(
                        ErrorCode.COLUMN_MISSING,
                        "the cursor column \"%s\" does not exist; the source has %s"
                            .formatted(name, names(schema))));
    CursorKind kind =
        CursorKind.of(column.type())
            .orElseThrow(
                () ->
                    new DeltaferryException(
                        ErrorCode.CURSOR_INVALID,
                        "the cursor column \"%s\" has type %s; a cursor is one of %s"
                            .formatted(name, column.type().display(), kinds())));
    return new Cursor(name, kind);
  }

  String sql() {
    return PgIdentifier.quote(column);
  }

  private static String names(TableSchema schema) {
    return schema.columns().stream().map(Column::name).collect(Collectors.joining(", "));
  }

  private static String kinds() {
    return Arrays.stream(CursorKind.values())
        .map(CursorKind::typeName)
        .collect(Collectors.joining(", "));
  }
}
