package io.deltaferry.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.sql.Cursor;
import io.deltaferry.sql.RowOrder.KeyColumn;
import io.deltaferry.table.Column;
import io.deltaferry.table.TableSchema;
import io.deltaferry.type.CursorKind;
import io.deltaferry.type.PgType;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowOrdersTest {
  private static final Cursor CURSOR = new Cursor("at", CursorKind.TIMESTAMPTZ);
  private static final TableSchema SCHEMA =
      new TableSchema(
          List.of(
              new Column("at", PgType.base("timestamptz"), true),
              new Column("id", PgType.base("int8"), false),
              new Column("name", PgType.base("text"), false),
              new Column("code", PgType.base("varchar"), true),
              new Column("odd", PgType.base("point"), false)),
          List.of("id"),
          "fingerprint");

  /** Else an update of the operating system would order them anew between two slices. */
  @Test
  void textsAreOrderedByteByByte() {
    assertThat(RowOrders.of(CURSOR, List.of("name", "code", "id"), SCHEMA, true).key())
        .containsExactly(
            new KeyColumn("name", true, false),
            new KeyColumn("code", true, true),
            new KeyColumn("id", false, false));
  }

  @Test
  void aKeyWithoutAnOrderOrdersNothing() {
    assertThat(RowOrders.of(CURSOR, List.of("id", "odd"), SCHEMA, true).key()).isEmpty();
  }

  /** An increment does not read them. */
  @Test
  void rowsWithoutACursorComeWithACopyOfEverything() {
    assertThat(RowOrders.of(CURSOR, List.of("id"), SCHEMA, true).cursorless()).isTrue();
    assertThat(RowOrders.of(CURSOR, List.of("id"), SCHEMA, false).cursorless()).isFalse();
  }
}
