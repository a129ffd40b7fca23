package io.deltaferry.localgcp.bigquery.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zetasql.AnalyzerOptions;
import com.google.zetasql.PreparedExpression;
import com.google.zetasql.toolkit.options.BigQueryLanguageOptions;
import io.deltaferry.localgcp.bigquery.sql.gate.ZetaSqlGate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@link MeaningTest} expects of expressions is not what we believe of GoogleSQL but what its
 * reference implementation answers. Only expressions: statements abort its JVM.
 */
class GoogleSqlReferenceTest {
  @BeforeAll
  static void available() {
    Assumptions.assumeTrue(ZetaSqlGate.available(), "ZetaSQL has no library for this machine");
  }

  /** All but those that read the clock. */
  static Stream<Arguments> expressions() {
    return Rows.of("expressions.txt")
        .filter(row -> !row.get()[0].toString().startsWith("CURRENT_"));
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void answersAsExpected(String expression, String json) {
    AnalyzerOptions options = new AnalyzerOptions();
    options.setLanguageOptions(BigQueryLanguageOptions.get());
    options.setDefaultTimezone("UTC");
    try (PreparedExpression prepared =
        new PreparedExpression("TO_JSON_STRING(" + expression + ")")) {
      prepared.prepare(options);
      assertThat(prepared.execute().getStringValue()).isEqualTo(json);
    }
  }
}
