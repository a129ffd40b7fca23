package io.deltaferry.cli.query;

import com.google.cloud.bigquery.FieldList;
import java.io.PrintWriter;

/** How rows are printed. */
public enum ResultFormat {
  /** Aligned columns, for a person. */
  TABLE,
  /** RFC 4180, with a header. */
  CSV,
  /** One object a line. */
  JSON;

  RowWriter writer(FieldList fields, PrintWriter out) {
    return switch (this) {
      case TABLE -> new TableWriter(fields, out);
      case CSV -> new CsvWriter(fields, out);
      case JSON -> new JsonLinesWriter(fields, out);
    };
  }
}
