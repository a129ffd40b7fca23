package io.deltaferry.cli.query;

import com.google.cloud.bigquery.FieldValueList;

/** Prints rows one after the other; {@link #end} once, after the last. */
interface RowWriter {
  void row(FieldValueList row);

  void end();
}
