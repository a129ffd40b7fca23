package io.deltaferry.extractor;

import io.deltaferry.cli.model.SourceModel;
import io.deltaferry.sql.Place;
import io.deltaferry.sql.SliceRows;
import io.deltaferry.sql.Window;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the SQL of a delta selects, without SQL. */
final class RowsOf {
  private static final Comparator<SourceModel.Row> ORDER =
      Comparator.comparing(SourceModel.Row::stamp).thenComparing(SourceModel.Row::id);

  private RowsOf() {}

  static String text(Instant stamp) {
    return SourceModel.text(stamp);
  }

  static Place place(SourceModel.Row row) {
    return new Place(text(row.stamp()), List.of(Long.toString(row.id())));
  }

  static Optional<String> high(List<SourceModel.Row> rows) {
    return rows.stream().map(row -> text(row.stamp())).max(Comparator.naturalOrder());
  }

  /** The committed rows of the slice, by cursor and key. */
  static List<SourceModel.Row> slice(SourceModel model, Window window, SliceRows slice) {
    return model.rows().stream()
        .filter(row -> window.low() == null || text(row.stamp()).compareTo(window.low()) >= 0)
        .filter(row -> isIn(row, slice))
        .sorted(ORDER)
        .toList();
  }

  private static boolean isIn(SourceModel.Row row, SliceRows slice) {
    if (slice instanceof SliceRows.CtidRange range) {
      return (range.from() == null || row.block() >= range.from())
          && (range.to() == null || row.block() < range.to());
    }
    if (slice instanceof SliceRows.KeysetRange range) {
      return (range.from() == null || compare(row, range.from()) >= 0)
          && (range.to() == null || compare(row, range.to()) < 0);
    }
    return true;
  }

  private static int compare(SourceModel.Row row, Place place) {
    int byCursor = text(row.stamp()).compareTo(String.valueOf(place.cursor()));
    return byCursor == 0 ? Long.compare(row.id(), Long.parseLong(place.key().get(0))) : byCursor;
  }
}
