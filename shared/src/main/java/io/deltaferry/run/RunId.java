package io.deltaferry.run;

/**
 * One run of one table.
 *
 * @param table the table's name in the table file
 * @param seq counts the runs of the table from 1
 */
public record RunId(String table, long seq) {
  /** Ten digits hold a run a second for three centuries. */
  static final long MAX_SEQ = 9_999_999_999L;

  public RunId {
    if (seq < 1 || seq > MAX_SEQ) {
      throw new IllegalArgumentException("seq must be in 1.." + MAX_SEQ + ", not " + seq);
    }
  }

  @Override
  public String toString() {
    return table + "#" + seq;
  }
}
