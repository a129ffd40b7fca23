package io.deltaferry.cli.query;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldList;
import com.google.cloud.bigquery.FieldValue;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.StandardSQLTypeName;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A table for a person: the first rows decide the widths, so memory is constant. */
final class TableWriter implements RowWriter {
  private static final int ROWS_MEASURED = 1_000;
  private static final int WIDEST_CELL = 60;
  private static final Set<StandardSQLTypeName> NUMBERS =
      EnumSet.of(
          StandardSQLTypeName.INT64,
          StandardSQLTypeName.FLOAT64,
          StandardSQLTypeName.NUMERIC,
          StandardSQLTypeName.BIGNUMERIC);

  private final FieldList fields;
  private final PrintWriter out;
  private final TextTable table;
  private long rows;

  TableWriter(FieldList fields, PrintWriter out) {
    this.fields = fields;
    this.out = out;
    this.table =
        new TextTable(
            fields.stream().map(Field::getName).toList(),
            fields.stream().map(TableWriter::isNumber).toList());
  }

  @Override
  public void row(FieldValueList row) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      cells.add(cell(fields.get(i), row.get(i)));
    }
    rows++;
    if (rows <= ROWS_MEASURED) {
      table.add(cells);
    }
    if (rows == ROWS_MEASURED) {
      table.lines().forEach(out::println);
    } else if (rows > ROWS_MEASURED) {
      out.println(table.line(cells));
    }
  }

  @Override
  public void end() {
    if (rows < ROWS_MEASURED) {
      table.lines().forEach(out::println);
    }
    out.println("(" + rows + (rows == 1 ? " row)" : " rows)"));
    out.flush();
  }

  private static boolean isNumber(Field field) {
    return field.getMode() != Field.Mode.REPEATED
        && NUMBERS.contains(field.getType().getStandardType());
  }

  private static String cell(Field field, FieldValue value) {
    return value.isNull()
        ? "NULL"
        : DisplayWidth.cut(VisibleText.of(CellText.of(field, value)), WIDEST_CELL);
  }
}
