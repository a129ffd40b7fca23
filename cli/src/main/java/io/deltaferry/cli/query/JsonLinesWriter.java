package io.deltaferry.cli.query;

import com.google.cloud.bigquery.FieldList;
import com.google.cloud.bigquery.FieldValueList;
import java.io.PrintWriter;

/** One JSON object a line. */
final class JsonLinesWriter implements RowWriter {
  private final FieldList fields;
  private final PrintWriter out;

  JsonLinesWriter(FieldList fields, PrintWriter out) {
    this.fields = fields;
    this.out = out;
  }

  @Override
  public void row(FieldValueList row) {
    out.print(CellJson.text(CellJson.object(fields, row)));
    out.print('\n');
  }

  @Override
  public void end() {
    out.flush();
  }
}
