package io.deltaferry.copy;

import io.deltaferry.sql.Mark;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Takes the marks off the rows and counts them; see {@link io.deltaferry.sql.CopyStatement}. */
final class MarkCounter {
  private final List<Mark> marks;
  private final long[] counts;
  private boolean refused;

  MarkCounter(List<Mark> marks) {
    this.marks = marks;
    this.counts = new long[marks.size()];
  }

  /**
   * Ends the row before its last field, in place.
   *
   * @param row ends with a line feed
   * @return the row's length without the marks
   */
  int strip(byte[] row) {
    if (marks.isEmpty()) {
      return row.length;
    }
    int comma = lastComma(row);
    if (comma < row.length - 2) {
      count(row, comma + 1, row.length - 1);
    }
    row[comma] = '\n';
    return comma + 1;
  }

  /** Ends the header row likewise; its last field is a name and counts nothing. */
  int stripHeader(byte[] row) {
    if (marks.isEmpty()) {
      return row.length;
    }
    int comma = lastComma(row);
    row[comma] = '\n';
    return comma + 1;
  }

  /** Whether a row has been seen whose value must make the run fail. */
  boolean hasRefused() {
    return refused;
  }

  Map<String, Long> losses() {
    Map<String, Long> losses = new TreeMap<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0 && marks.get(i).kind() == Mark.Kind.LOSS) {
        losses.put(marks.get(i).column(), counts[i]);
      }
    }
    return losses;
  }

  long nullCursors() {
    return count(Mark.Kind.NULL_CURSOR);
  }

  /** Rows that an earlier run has read too. */
  long overlap() {
    return count(Mark.Kind.OVERLAP);
  }

  private long count(Mark.Kind kind) {
    long count = 0;
    for (int i = 0; i < counts.length; i++) {
      if (marks.get(i).kind() == kind) {
        count += counts[i];
      }
    }
    return count;
  }

  /** The last field is never quoted: it is empty, a list of numbers, or a plain name. */
  private static int lastComma(byte[] row) {
    int comma = row.length - 2;
    while (row[comma] != ',') {
      comma--;
    }
    return comma;
  }

  /** Reads positions such as {@code 0 12}. */
  private void count(byte[] row, int from, int to) {
    int position = 0;
    for (int i = from; i <= to; i++) {
      if (row[i] >= '0' && row[i] <= '9') {
        position = position * 10 + (row[i] - '0');
      } else {
        counts[position]++;
        refused |= marks.get(position).kind() == Mark.Kind.REFUSED;
        position = 0;
      }
    }
  }
}
