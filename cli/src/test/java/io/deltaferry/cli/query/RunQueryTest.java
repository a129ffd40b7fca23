package io.deltaferry.cli.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldList;
import com.google.cloud.bigquery.FieldValue;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.StandardSQLTypeName;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RunQueryTest {
  private static final int ROWS = 100_000;

  private final AtomicInteger read = new AtomicInteger();

  /** As in {@code deltaferry query .. | head}. */
  @Test
  void rowsThatNobodyTakesAreNotFetched() throws Exception {
    FieldList fields = FieldList.of(Field.of("n", StandardSQLTypeName.INT64));
    FieldValueList row =
        FieldValueList.of(List.of(FieldValue.of(FieldValue.Attribute.PRIMITIVE, "7")));
    OutputStream gone = OutputStream.nullOutputStream();
    gone.close();
    PrintWriter out = new PrintWriter(new OutputStreamWriter(gone, StandardCharsets.UTF_8));
    Iterable<FieldValueList> rows =
        () -> Stream.generate(() -> row).limit(ROWS).peek(r -> read.incrementAndGet()).iterator();
    RunQuery.print(rows, ResultFormat.JSON.writer(fields, out), out);
    assertThat(read).hasPositiveValue().hasValueLessThan(ROWS / 10);
  }
}
