package io.deltaferry.sql;

import io.deltaferry.type.BqType;
import io.deltaferry.type.LossPolicy;
import io.deltaferry.type.TypeMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The statements that read one delta; pure text, run by others. All of them see the same rows when
 * they run in one snapshot.
 *
 * @param columns in the order they are staged
 * @param cursor null when the source has none; then the window is {@link Window#ALL}
 * @param filter an SQL condition on the source's rows, or null
 * @param slice which of these rows are meant, or null for all
 * @param limit how many of them at most, whichever they are; null for all
 * @param changes what tells which rows have changed, in the place of a cursor; or null
 */
public record DeltaQuery(
    DeltaSource source,
    List<TypeMapping> columns,
    @Nullable Cursor cursor,
    Window window,
    @Nullable String filter,
    @Nullable SliceQuery slice,
    @Nullable Long limit,
    @Nullable ChangesQuery changes) {

  /**
   * The second column of a table that has only one: a NULL alone on its line would be a blank line.
   */
  public static final String ROW_COLUMN = "_df_row";

  /** Which snapshot a row of a sliced run was read in; a later one has the greater number. */
  public static final String SNAPSHOT_COLUMN = "_df_snapshot";

  /** Whether the log tells of a row that is not there. */
  public static final String DELETED_COLUMN = "_df_deleted";

  /** When it was deleted, where the log says so. */
  public static final String DELETED_AT_COLUMN = "_df_deleted_at";

  private static final String MARKS_COLUMN = "_df_marks";

  /** All rows of the window. */
  public DeltaQuery(
      DeltaSource source,
      List<TypeMapping> columns,
      @Nullable Cursor cursor,
      Window window,
      @Nullable String filter) {
    this(source, columns, cursor, window, filter, null, null, null);
  }

  /** Those of which a log tells, or all rows of its table. */
  public static DeltaQuery told(
      DeltaSource source,
      List<TypeMapping> columns,
      @Nullable String filter,
      ChangesQuery changes) {
    return new DeltaQuery(source, columns, null, Window.ALL, filter, null, null, changes);
  }

  public DeltaQuery {
    columns = List.copyOf(columns);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("a delta has columns");
    }
    if (cursor == null && !window.equals(Window.ALL)) {
      throw new IllegalArgumentException("a window needs a cursor");
    }
  }

  /** So many of them at most. */
  public DeltaQuery limited(long most) {
    return new DeltaQuery(source, columns, cursor, window, filter, slice, most, changes);
  }

  /** The same rows as far as one table has them, which is the source or a partition of it. */
  public DeltaQuery from(PgTable leaf) {
    DeltaSource there =
        source instanceof PgTable table && !table.equals(leaf)
            ? new PgPartition(leaf, table)
            : source;
    return new DeltaQuery(there, columns, cursor, window, filter, slice, limit, changes);
  }

  /** The same rows as far as a slice has them. */
  public DeltaQuery in(SliceQuery part) {
    DeltaQuery there =
        part.rows() instanceof SliceRows.CtidRange range
            ? from(PgTable.of(range.schema(), range.table()))
            : this;
    return new DeltaQuery(there.source(), columns, cursor, window, filter, part, limit, changes);
  }

  /** The names of the staged columns, in order, as the parts' headers show them. */
  public List<String> header() {
    List<String> names = new ArrayList<>(columns.stream().map(TypeMapping::name).toList());
    if (names.size() == 1) {
      names.add(ROW_COLUMN);
    }
    if (snapshot() != null) {
      names.add(SNAPSHOT_COLUMN);
    }
    if (isTold()) {
      names.add(DELETED_COLUMN);
      names.add(DELETED_AT_COLUMN);
    }
    return List.copyOf(names);
  }

  /**
   * The COPY of the delta.
   *
   * <pre>
   * COPY (
   * SELECT
   *   expression AS "column", ..
   *   CASE WHEN lossy OR .. THEN list of positions END AS "_df_marks"   -- when anything can be lost
   * FROM source
   * WHERE cursor >= low AND (filter)
   * ) TO STDOUT (FORMAT csv, HEADER true, ENCODING 'UTF8', FORCE_QUOTE ("text", ..))
   * </pre>
   *
   * Texts are quoted, since BigQuery is said to drop blanks around what is not; NULL never is.
   *
   * <p>The marks are counted by the reader and never staged: the one scan that copies also counts,
   * in the same snapshot.
   */
  public CopyStatement copy() {
    List<Marked> marked = marked();
    List<String> items = new ArrayList<>();
    columns.forEach(
        column -> items.add(selected(column) + " AS " + PgIdentifier.quote(column.name())));
    if (columns.size() == 1) {
      items.add("1 AS " + PgIdentifier.quote(ROW_COLUMN));
    }
    if (snapshot() != null) {
      items.add(snapshot() + "::int8 AS " + PgIdentifier.quote(SNAPSHOT_COLUMN));
    }
    told().ifPresent(log -> items.addAll(log.marks(source)));
    if (!marked.isEmpty()) {
      items.add(marks(marked) + " AS " + PgIdentifier.quote(MARKS_COLUMN));
    }
    String sql =
        """
        COPY (
        SELECT
          %s
        %s%s) TO STDOUT (FORMAT csv, HEADER true, ENCODING 'UTF8'%s)"""
            .formatted(
                String.join(",\n  ", items),
                fromWhere(Optional.empty()),
                limit == null ? "" : "LIMIT " + limit + "\n",
                forceQuote());
    return new CopyStatement(sql, header(), marked.stream().map(Marked::mark).toList());
  }

  /** Whether a log says which rows are read. */
  public boolean isTold() {
    return told().isPresent();
  }

  private Optional<ChangesQuery> told() {
    return Optional.ofNullable(changes).filter(ChangesQuery::tells);
  }

  private String selected(TypeMapping column) {
    String value = column.select(quoted(column));
    return told().map(log -> log.valueOfRow(source, column, value)).orElse(value);
  }

  private String forceQuote() {
    String texts =
        columns.stream()
            .filter(column -> column.stagedType().name() == BqType.Name.STRING)
            .map(column -> PgIdentifier.quote(column.name()))
            .collect(Collectors.joining(", "));
    return texts.isEmpty() ? "" : ", FORCE_QUOTE (" + texts + ")";
  }

  /**
   * One row, one column: the largest cursor of the delta as text at full precision; no row when
   * none has one. ORDER BY and not max(), which xid8 has only since PostgreSQL 16; the text is made
   * outside, since ORDER BY would sort by it under the column's name. Empty without a cursor, and
   * where nobody asks.
   */
  public Optional<String> high() {
    if (changes != null && (slice == null || slice.asksHigh())) {
      return Optional.of(changes.high());
    }
    return Optional.ofNullable(cursor)
        .filter(known -> slice == null || slice.asksHigh())
        .map(known -> highest(known, fromWhere(Optional.of(known.kind().ordered(known.sql())))));
  }

  /** As {@link #high}, of all rows of a table. */
  public static String highest(PgTable table, Cursor cursor) {
    return highest(
        cursor,
        "FROM " + table.fromItem() + "\nWHERE " + cursor.kind().ordered(cursor.sql()) + "\n");
  }

  private static String highest(Cursor cursor, String fromWhere) {
    return """
        SELECT df_high::text
        FROM (
        SELECT %1$s AS df_high
        %2$sORDER BY %1$s DESC
        LIMIT 1
        ) AS df_cursor"""
        .formatted(cursor.sql(), fromWhere);
  }

  /** One row, one column: whether any of these rows has a cursor. */
  public Optional<String> any() {
    return Optional.ofNullable(cursor)
        .map(
            known ->
                "SELECT EXISTS (SELECT\n"
                    + fromWhere(Optional.of(known.kind().ordered(known.sql())))
                    + ")::text");
  }

  /** One row, one column: the planner's own JSON on the delta, of which nothing is read. */
  public String explain() {
    return "EXPLAIN (FORMAT JSON)\nSELECT 1\n" + fromWhere(Optional.empty());
  }

  /**
   * One row: per column with policy FAIL, in the order of {@link #failing()}, the number of values
   * that are refused. Empty when no column can fail.
   */
  public Optional<String> refusedCounts() {
    if (failing().isEmpty()) {
      return Optional.empty();
    }
    String counts =
        marked().stream()
            .filter(marked -> marked.mark().kind() == Mark.Kind.REFUSED)
            .map(marked -> "count(*) FILTER (WHERE " + marked.condition() + ")")
            .collect(Collectors.joining(",\n  "));
    return Optional.of("SELECT\n  " + counts + "\n" + fromWhere(Optional.empty()));
  }

  /**
   * Whether the rows may be those of an earlier run, so that a digest of them is worth its cost.
   */
  public boolean isComparable() {
    return (window.low() != null || isTold()) && snapshot() == null;
  }

  /** The columns whose policy is to fail, in order. */
  public List<String> failing() {
    return marked().stream()
        .map(Marked::mark)
        .filter(mark -> mark.kind() == Mark.Kind.REFUSED)
        .map(Mark::column)
        .toList();
  }

  private @Nullable Long snapshot() {
    return slice == null ? null : slice.snapshot();
  }

  /** FROM and WHERE of all these rows. */
  String fromWhere(Optional<String> more) {
    List<String> conditions = new ArrayList<>(windowConditions());
    if (slice != null) {
      conditions.addAll(slice.rows().conditions(slice.order()));
    }
    more.ifPresent(conditions::add);
    if (filter != null && !isTold()) {
      // On lines of its own, so that a comment at its end hides nothing.
      conditions.add("(\n" + filter + "\n)");
    }
    String where =
        conditions.isEmpty() ? "" : "WHERE " + String.join("\n  AND ", conditions) + "\n";
    String from = told().map(log -> log.fromItem(source, filter)).orElseGet(source::fromItem);
    return "FROM " + from + "\n" + where;
  }

  private List<String> windowConditions() {
    List<String> conditions = new ArrayList<>();
    if (cursor == null) {
      return conditions;
    }
    if (window.low() != null) {
      conditions.add(cursor.sql() + " >= " + cursor.kind().literal(window.low()));
    }
    if (window.high() != null) {
      String below = cursor.sql() + " < " + cursor.kind().literal(window.high());
      conditions.add(
          window.low() == null ? "(" + below + " OR " + cursor.sql() + " IS NULL)" : below);
    }
    return conditions;
  }

  private List<Marked> marked() {
    List<Marked> marked = new ArrayList<>();
    for (TypeMapping column : columns) {
      Mark.Kind kind = column.policy() == LossPolicy.FAIL ? Mark.Kind.REFUSED : Mark.Kind.LOSS;
      column
          .lossy(quoted(column))
          .map(
              condition ->
                  told().map(log -> log.ofRow(source, column, condition)).orElse(condition))
          .ifPresent(
              condition -> marked.add(new Marked(new Mark(kind, column.column()), condition)));
    }
    if (cursor != null && window.low() == null) {
      marked.add(
          new Marked(new Mark(Mark.Kind.NULL_CURSOR, cursor.column()), cursor.sql() + " IS NULL"));
    }
    if (cursor != null && window.seen() != null) {
      marked.add(
          new Marked(
              new Mark(Mark.Kind.OVERLAP, cursor.column()),
              cursor.sql() + " < " + cursor.kind().literal(window.seen())));
    }
    told().flatMap(ChangesQuery::overlap).ifPresent(marked::add);
    return marked;
  }

  /** Nearly every row stops at the OR; only a marked one builds its list. */
  private static String marks(List<Marked> marked) {
    String any = marked.stream().map(Marked::condition).collect(Collectors.joining(" OR "));
    String list =
        IntStream.range(0, marked.size())
            .mapToObj(i -> "CASE WHEN " + marked.get(i).condition() + " THEN " + i + " END")
            .collect(Collectors.joining(", "));
    return "CASE WHEN " + any + " THEN pg_catalog.concat_ws(' ', " + list + ") END";
  }

  private static String quoted(TypeMapping column) {
    return PgIdentifier.quote(column.column());
  }

  /** Something to be counted, and when it is. */
  record Marked(Mark mark, String condition) {}
}
