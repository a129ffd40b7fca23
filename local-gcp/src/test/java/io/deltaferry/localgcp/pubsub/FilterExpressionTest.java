package io.deltaferry.localgcp.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterExpressionTest {
  private static final Map<String, String> MESSAGE =
      Map.of("kind", "OBJECT_FINALIZE", "name", "manifests/t/1.json", "a/b", "x\"y", "AND", "1");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "attributes.kind = \"OBJECT_FINALIZE\" | true",
        "attributes.kind=\"object_finalize\" | false",
        "attributes.kind != \"OBJECT_DELETE\" | true",
        "attributes.kind != \"OBJECT_FINALIZE\" | false",
        "attributes.missing != \"x\" | true",
        "attributes:kind | true",
        "attributes:missing | false",
        "NOT attributes:missing | true",
        "-attributes:kind | false",
        "- attributes:missing | true",
        "hasPrefix(attributes.name, \"manifests/\") | true",
        "hasPrefix(attributes.name, \"parts/\") | false",
        "hasPrefix(attributes.missing, \"\") | false",
        "attributes.\"a/b\" = \"x\\\"y\" | true",
        "attributes:\"a/b\" | true",
        "attributes:kind AND attributes:name AND attributes:AND | true",
        "attributes:kind AND attributes:missing | false",
        "attributes:missing OR attributes:kind | true",
        "(attributes:missing OR attributes:kind) AND NOT attributes:other | true",
        "NOT (attributes:kind AND attributes:name) | false",
      })
  void selectsByAttributes(String filter, boolean expected) {
    assertThat(FilterParser.parse(filter).matches(MESSAGE)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attributes.kind",
        "attributes.kind = OBJECT",
        "attributes.kind = \"open",
        "attributes.kind == \"x\"",
        "attributes:a AND attributes:b OR attributes:c",
        "attributes:a and attributes:b",
        "(attributes:a",
        "attributes:a)",
        "data = \"x\"",
        "hasSuffix(attributes.name, \"x\")",
        "attributes.k = 'x'",
        "NOT",
        "attributes.k = \"\\q\"",
      })
  void refusesWhatTheLanguageDoesNotKnow(String filter) {
    assertThatThrownBy(() -> FilterParser.parse(filter))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT))
        .hasMessageContaining("Invalid filter");
  }

  @ParameterizedTest
  @ValueSource(ints = {257, 1_000})
  void refusesFiltersLongerThanTheServiceTakes(int length) {
    assertThatThrownBy(() -> FilterParser.parse("a".repeat(length)))
        .hasMessageContaining("longer than 256 bytes");
  }
}
