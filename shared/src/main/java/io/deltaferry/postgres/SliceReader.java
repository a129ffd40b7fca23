package io.deltaferry.postgres;

import io.deltaferry.sql.DeltaQuery;
import io.deltaferry.sql.LeafSize;
import io.deltaferry.sql.PgLiteral;
import io.deltaferry.sql.PgTable;
import io.deltaferry.sql.Place;
import io.deltaferry.sql.SlicingQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out in the database how a delta can be cut. */
public final class SliceReader {
  private final PostgresSession session;

  public SliceReader(PostgresSession session) {
    this.session = session;
  }

  /** The places of every n-th row. */
  public List<Place> boundaries(SlicingQuery rows, long every) {
    return session.rows(rows.boundaries(every), what("cutting", rows.rows())).stream()
        .map(SliceReader::place)
        .toList();
  }

  /**
   * The place of the row in the middle; empty when there are fewer than two. The session reads in a
   * snapshot, so that both statements see the same rows.
   */
  public Optional<Place> middle(SlicingQuery rows) {
    String what = what("cutting", rows.rows());
    long count = Long.parseLong(session.text(rows.count(), what).orElse("0"));
    return count < 2
        ? Optional.empty()
        : session.rows(rows.place(count / 2), what).stream().findFirst().map(SliceReader::place);
  }

  /** How many rows satisfy none of the conditions, and how many more than one. */
  public List<Long> proof(SlicingQuery rows, List<String> conditions) {
    return session.row(rows.proof(conditions), what("proving the slices of", rows.rows())).stream()
        .map(text -> Long.valueOf(String.valueOf(text)))
        .toList();
  }

  /** The size of a table in blocks. */
  public long blocks(PgTable table) {
    String sql =
        """
        SELECT (pg_catalog.pg_relation_size(%s::pg_catalog.regclass)
          / pg_catalog.current_setting('block_size')::int8)::text"""
            .formatted(regclass(table));
    return Long.parseLong(session.text(sql, "measuring " + table.sql()).orElse("0"));
  }

  /**
   * The tables that hold the rows of a table, with their sizes, when each of them can be read in
   * blocks: ordinary tables that the role may read, none hidden by row-level security or inherited
   * from. Empty otherwise.
   */
  public List<LeafSize> leaves(PgTable table, DeltaQuery everything) {
    List<LeafSize> leaves = new ArrayList<>();
    for (PgTable leaf : new CatalogReader(session).leaves(table)) {
      if (!isReadInBlocks(leaf)) {
        return List.of();
      }
      long rows = DeltaEstimate.rows(everything.from(leaf), session);
      leaves.add(new LeafSize(leaf, blocks(leaf), rows));
    }
    return leaves;
  }

  private boolean isReadInBlocks(PgTable leaf) {
    String sql =
        """
        SELECT (c.relkind = 'r' AND NOT c.relrowsecurity AND a.amname = 'heap'
          AND pg_catalog.has_table_privilege(c.oid, 'SELECT')
          AND NOT EXISTS (SELECT FROM pg_catalog.pg_inherits AS i WHERE i.inhparent = c.oid))::text
        FROM pg_catalog.pg_class AS c
        JOIN pg_catalog.pg_am AS a ON a.oid = c.relam
        WHERE c.oid = %s::pg_catalog.regclass"""
            .formatted(regclass(leaf));
    return session.text(sql, "looking at " + leaf.sql()).orElse("false").equals("true");
  }

  private static String regclass(PgTable table) {
    return PgLiteral.quote(table.sql());
  }

  private static Place place(List<@Nullable String> row) {
    return new Place(
        row.get(0), row.subList(1, row.size()).stream().map(Objects::requireNonNull).toList());
  }

  private static String what(String doing, DeltaQuery rows) {
    return doing + " the rows of " + rows.source().describe();
  }
}
