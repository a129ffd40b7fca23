package io.deltaferry.localgcp.bigquery.load;

import io.deltaferry.localgcp.bigquery.type.FieldMode;
import io.deltaferry.localgcp.bigquery.type.FieldSchema;
import io.deltaferry.localgcp.bigquery.type.TableSchema;
import io.deltaferry.localgcp.http.GoogleError;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.List;
import java.util.zip.ZipException;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** Reads CSV files into an empty table by BigQuery's rules. */
public final class CsvLoad {
  private CsvLoad() {}

  /**
   * Fills an empty table in the connection's open transaction, which the caller rolls back when the
   * load fails. The reader's memory is constant; DuckDB's is bounded by its memory limit.
   *
   * @param connection with auto-commit off
   * @param duckSchema DuckDB schema of the table
   * @param duckTable a table with exactly the columns of {@code schema}, in order, as {@link
   *     io.deltaferry.localgcp.bigquery.type.DuckTypes#columns} declares them
   * @return {@link LoadResult#failed} says whether the rows count
   * @throws GoogleError {@code invalid} when no row of a file can be read at all: nested or
   *     repeated columns, a header that does not fit, damaged or multi-member gzip
   * @throws IOException when a file cannot be opened or read
   */
  public static LoadResult load(
      DuckDBConnection connection,
      String duckSchema,
      String duckTable,
      TableSchema schema,
      CsvOptions options,
      List<LoadFile> files)
      throws SQLException, IOException {
    schema.fields().forEach(CsvLoad::checkFlat);
    RowErrors errors = new RowErrors(options.maxBadRecords());
    try (LoadTarget target = LoadTarget.open(connection, duckSchema, duckTable, schema)) {
      CsvFileLoad load = loadFiles(target, schema, options, files, errors);
      if (!errors.tooMany()) {
        target.finish();
      }
      return result(load, files, errors);
    }
  }

  private static CsvFileLoad loadFiles(
      LoadTarget target,
      TableSchema schema,
      CsvOptions options,
      List<LoadFile> files,
      RowErrors errors)
      throws SQLException, IOException {
    List<Cell> cells = schema.fields().stream().map(Cells::of).toList();
    try (DuckDBAppender appender = target.appender()) {
      CsvFileLoad load = new CsvFileLoad(options, cells, appender, errors);
      for (LoadFile file : files) {
        loadFile(load, file, options);
      }
      return load;
    }
  }

  private static LoadResult result(CsvFileLoad load, List<LoadFile> files, RowErrors errors) {
    boolean failed = errors.tooMany();
    return new LoadResult(
        failed ? 0 : load.rows(),
        failed ? 0 : load.bytes(),
        files.stream().mapToLong(LoadFile::bytes).sum(),
        files.size(),
        errors.count(),
        errors.report(load.rows()),
        failed);
  }

  private static void loadFile(CsvFileLoad load, LoadFile file, CsvOptions options)
      throws IOException, SQLException {
    try (InputStream stored = file.content().open();
        InputStream text = GzipMember.open(stored)) {
      load.load(file.uri(), new CsvRows(text, options));
    } catch (ZipException e) {
      throw GoogleError.invalid(
          "Error while reading data, error message: " + e.getMessage() + " File: " + file.uri());
    }
  }

  private static void checkFlat(FieldSchema field) {
    if (field.mode() == FieldMode.REPEATED || !field.fields().isEmpty()) {
      throw GoogleError.invalid(
          "CSV does not support nested or repeated fields: field "
              + field.name()
              + " is "
              + (field.isRepeated() ? "REPEATED" : "RECORD"));
    }
  }
}
