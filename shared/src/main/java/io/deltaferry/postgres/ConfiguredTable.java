package io.deltaferry.postgres;

import io.deltaferry.bound.Look;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.sql.Cursor;
import io.deltaferry.sql.DeltaSource;
import io.deltaferry.sql.LogReading;
import io.deltaferry.sql.PgTable;
import io.deltaferry.table.ChangeLog;
import io.deltaferry.table.Column;
import io.deltaferry.table.Comments;
import io.deltaferry.table.PrivacySettings;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.TableSchema;
import io.deltaferry.table.UnknownTypes;
import io.deltaferry.type.BqType;
import io.deltaferry.type.MappingOptions;
import io.deltaferry.type.PgType;
import io.deltaferry.type.TypeMapping;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;

/** An entry of the table file held against what the database has. */
public final class ConfiguredTable {
  private final TableConfig table;
  private final DeltaSource source;
  private final PostgresSession session;
  private final CatalogReader catalog;

  public ConfiguredTable(TableConfig table, PostgresSession session) {
    this.table = table;
    this.source = DeltaSource.of(table.source());
    this.session = session;
    this.catalog = new CatalogReader(session);
  }

  public DeltaSource source() {
    return source;
  }

  /**
   * Its structure now; a column that is computed has the type of its expression.
   *
   * @throws DeltaferryException as {@link CatalogReader#describe}, or CONVERT_INVALID
   */
  public TableSchema schema() {
    return new ConvertedColumns(session, source).in(catalog.describe(source), table.columns());
  }

  /** What people have written about it. */
  public Comments comments() {
    return catalog.comments(source);
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

  /**
   * The same of a table that may have none; then there are none.
   *
   * @throws DeltaferryException KEY_INVALID as {@link #key}
   */
  public List<String> keyIfAny(TableSchema schema) {
    return table.key().isEmpty() && schema.key().isEmpty() ? List.of() : key(schema);
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
    return Cursor.of(table.requiredCursor(), schema);
  }

  /**
   * What bounds a run, to be read before its snapshot; the session is in autocommit.
   *
   * @throws DeltaferryException SOURCE_DENIED, SOURCE_UNAVAILABLE
   */
  public Look look(Cursor cursor) {
    return new LookReader(session).read(source, cursor);
  }

  /**
   * The log that tells of its changes.
   *
   * @throws DeltaferryException CHANGE_LOG_INVALID when the table file names none, or as {@link
   *     LogReading#of}; SOURCE_MISSING when there is no such table
   */
  public LogReading log(TableSchema schema, List<String> key) {
    ChangeLog log = table.requiredLog();
    PgTable entries = PgTable.of(log.table().schema(), log.table().table());
    requireOneText(schema, key);
    return LogReading.of(
        table.name(), log, catalog.describe(entries), schema, key, table.bound().cursorTimeZone());
  }

  /** A number without a scale has the same value in many texts, and the log has another one. */
  private void requireOneText(TableSchema schema, List<String> key) {
    for (TypeMapping mapping : columns(schema, key)) {
      PgType type = schema.column(mapping.column()).map(Column::type).orElseThrow();
      if (key.contains(mapping.column())
          && type.name().equals("numeric")
          && type.numericScale().isEmpty()
          && mapping.target().name() == BqType.Name.STRING) {
        throw new DeltaferryException(
            ErrorCode.CHANGE_LOG_INVALID,
            "tables.%s.change_log.key: \"%s\" is a numeric without a scale that travels as text: the log may write the same number as another text, and its row would not be found. Give the column a scale, or let it travel as a number"
                .formatted(table.name(), mapping.column()));
      }
    }
  }

  /**
   * How its columns travel.
   *
   * @throws DeltaferryException as {@link TableSchema#mappings}
   */
  public List<TypeMapping> columns(TableSchema schema, Collection<String> key) {
    PrivacySettings privacy = table.privacy();
    MappingOptions.Hashed hashed =
        new MappingOptions.Hashed(new HashSet<>(privacy.hash()), privacy.keyId());
    boolean unknownAsText = table.unknownTypes() == UnknownTypes.TEXT;
    return schema.mappings(
        privacy.exclude(),
        new MappingOptions(
            table.conversions(), unknownAsText, new HashSet<>(key), hashed, table.columns()));
  }
}
