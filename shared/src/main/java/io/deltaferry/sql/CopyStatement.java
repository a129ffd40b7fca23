package io.deltaferry.sql;

import java.util.List;

/**
 * The text of one COPY, and what the reader must know about its rows.
 *
 * @param sql {@code COPY (SELECT ..) TO STDOUT ..}
 * @param header the column names as staged, in order
 * @param marks not empty: each row ends with one more field, which is not staged; it is empty or
 *     lists, separated by spaces, the positions in this list that hold for the row
 */
public record CopyStatement(String sql, List<String> header, List<Mark> marks) {
  public CopyStatement {
    header = List.copyOf(header);
    marks = List.copyOf(marks);
  }
}
