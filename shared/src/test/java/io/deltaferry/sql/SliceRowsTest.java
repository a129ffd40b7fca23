package io.deltaferry.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.sql.RowOrder.KeyColumn;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The conditions as text; that they hold each row once is shown where rows are. */
class SliceRowsTest {
  private static final Place NINE = new Place("2026-11-20 09:00:00+00", List.of("it's", "7"));
  private static final Place TEN = new Place("2026-11-20 10:00:00+00", List.of("b", "8"));
  private static final Place CURSORLESS = new Place(null, List.of("b", "8"));

  @Test
  void anIndexOnCursorAndKeyServesARange() {
    assertThat(conditions(order(false, false), new SliceRows.KeysetRange(NINE, TEN)))
        .containsExactly(
            "(\"at\", \"Name\" COLLATE \"C\", \"id\") >= ('2026-11-20 09:00:00+00', 'it''s', '7')",
            "(\"at\", \"Name\" COLLATE \"C\", \"id\") < ('2026-11-20 10:00:00+00', 'b', '8')");
  }

  @Test
  void rowsWithoutACursorAreInTheLastRanges() {
    RowOrder order = order(true, false);
    assertThat(conditions(order, new SliceRows.KeysetRange(NINE, null)))
        .containsExactly(
            "((\"at\", \"Name\" COLLATE \"C\", \"id\") >= ('2026-11-20 09:00:00+00', 'it''s', '7')"
                + " OR \"at\" IS NULL)");
    assertThat(conditions(order, new SliceRows.KeysetRange(CURSORLESS, null)))
        .containsExactly("\"at\" IS NULL AND (\"Name\" COLLATE \"C\", \"id\") >= ('b', '8')");
    assertThat(conditions(order, new SliceRows.KeysetRange(null, CURSORLESS)))
        .containsExactly("(\"at\" IS NOT NULL OR (\"Name\" COLLATE \"C\", \"id\") < ('b', '8'))");
  }

  @Test
  void aKeyThatMayBeNullIsOnOneSide() {
    assertThat(conditions(order(false, true), new SliceRows.KeysetRange(null, TEN)))
        .containsExactly(
            "\"at\" <= '2026-11-20 10:00:00+00' AND ((\"at\", \"Name\" COLLATE \"C\", \"id\") >="
                + " ('2026-11-20 10:00:00+00', 'b', '8')) IS NOT TRUE");
  }

  @Test
  void blocksAreATidRange() {
    assertThat(conditions(order(true, false), new SliceRows.CtidRange("public", "orders", 5L, 9L)))
        .containsExactly("ctid >= '(5,0)'::tid", "ctid < '(9,0)'::tid");
    assertThat(
            conditions(order(true, false), new SliceRows.CtidRange("public", "orders", null, null)))
        .isEmpty();
  }

  @Test
  void aConditionStandsOnLinesOfItsOwn() {
    assertThat(
            conditions(
                order(false, false), new SliceRows.Condition("id % 2 = 0 -- even", null, null)))
        .containsExactly("(\nid % 2 = 0 -- even\n)");
  }

  private static List<String> conditions(RowOrder order, SliceRows rows) {
    return rows.conditions(order);
  }

  private static RowOrder order(boolean cursorless, boolean nullable) {
    return new RowOrder(
        "at",
        cursorless,
        List.of(new KeyColumn("Name", true, nullable), new KeyColumn("id", false, false)));
  }
}
