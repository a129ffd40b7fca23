package io.deltaferry.postgres;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.sql.Cursor;
import io.deltaferry.sql.DeltaSource;
import io.deltaferry.sql.PgTable;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.TableSchema;
import io.deltaferry.table.UnknownTypes;
import io.deltaferry.type.CursorKind;
import io.deltaferry.type.MappingOptions;
import io.deltaferry.type.TypeMapping;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;

/** An entry of the table file held against what the database has. */
public final class ConfiguredTable {
  private final TableConfig table;
  private final DeltaSource source;
  private final CatalogReader catalog;

  public ConfiguredTable(TableConfig table, PostgresSession session) {
    this.table = table;
    this.source = DeltaSource.of(table.source());
    this.catalog = new CatalogReader(session);
  }

  public DeltaSource source() {
    return source;
  }

  /**
   * Its structure now.
   *
   * @throws DeltaferryException as {@link CatalogReader#describe}
   */
  public TableSchema schema() {
    return catalog.describe(source);
  }

  /**
   * The key: the table file's, or else the primary key.
   *
   * @throws DeltaferryException KEY_MISSING, or KEY_INVALID when nothing proves that the table
   *     file's columns identify a row
   */
  public List<String> key(TableSchema schema) {
    List<String> key = table.key().isEmpty() ? schema.key() : table.key();
    if (key.isEmpty()) {
      throw new DeltaferryException(
          ErrorCode.KEY_MISSING,
          "tables."
              + table.name()
              + " has no key: "
              + source.describe()
              + " has no primary key. Name the columns that identify a row under `key`");
    }
    // A query has no index that could prove anything; the merge looks for duplicates every time.
    if (!table.key().isEmpty() && !table.assumeUnique() && source instanceof PgTable pgTable) {
      checkUnique(pgTable);
    }
    return key;
  }

  private void checkUnique(PgTable pgTable) {
    if (!catalog.isUnique(pgTable, table.key())) {
      throw new DeltaferryException(
          ErrorCode.KEY_INVALID,
          "tables."
              + table.name()
              + ": nothing in "
              + source.describe()
              + " proves that ("
              + String.join(", ", table.key())
              + ") identifies a row. Create a unique index on these columns and make them NOT NULL,"
              + " or set `assume_unique: true`: then every run looks for duplicates");
    }
  }

  /**
   * The cursor.
   *
   * @throws DeltaferryException COLUMN_MISSING, or CURSOR_INVALID when there is none or its type
   *     cannot order changes
   */
  public Cursor cursor(TableSchema schema) {
    Cursor cursor = Cursor.of(table.requiredCursor(), schema);
    if (cursor.kind() == CursorKind.XID8) {
      throw new DeltaferryException(
          ErrorCode.CURSOR_INVALID,
          "tables."
              + table.name()
              + ": a cursor of type xid8 is not supported yet; use a timestamptz column that every"
              + " change sets");
    }
    return cursor;
  }

  /**
   * How its columns travel.
   *
   * @throws DeltaferryException as {@link TableSchema#mappings}
   */
  public List<TypeMapping> columns(TableSchema schema, Collection<String> key) {
    boolean unknownAsText = table.unknownTypes() == UnknownTypes.TEXT;
    return schema.mappings(
        table.exclude(),
        new MappingOptions(table.conversions(), unknownAsText, new HashSet<>(key)));
  }
}
