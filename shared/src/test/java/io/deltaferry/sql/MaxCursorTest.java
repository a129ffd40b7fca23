package io.deltaferry.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.table.TableRef;
import io.deltaferry.type.CursorKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaxCursorTest {
  /** A year before 1000 has four digits too, or the watermark could not be read. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TIMESTAMPTZ | FORMAT_TIMESTAMP('%E4Y-%m-%d %H:%M:%E6S+00', MAX(CAST(`at` AS TIMESTAMP)))",
        "TIMESTAMP   | FORMAT_DATETIME('%E4Y-%m-%d %H:%M:%E6S', MAX(CAST(`at` AS DATETIME)))",
        "DATE        | CAST(MAX(CAST(`at` AS DATE)) AS STRING)",
        "BIGINT      | CAST(MAX(CAST(`at` AS INT64)) AS STRING)",
      })
  void isWrittenAsPostgresWritesIt(CursorKind kind, String expression) {
    assertThat(MaxCursor.of(new TableRef("p", "d", "t"), "at", kind).text())
        .isEqualTo("SELECT " + expression + " AS max_cursor FROM `p`.`d`.`t`");
  }
}
