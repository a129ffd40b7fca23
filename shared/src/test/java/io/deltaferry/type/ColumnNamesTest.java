package io.deltaferry.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ColumnNamesTest {
  @Test
  void namesAllOffendersAtOnce() {
    DeltaferryException failure =
        catchThrowableOfType(
            DeltaferryException.class,
            () ->
                ColumnNames.check(
                    List.of(
                        "fine",
                        "Id",
                        "id",
                        "a.b",
                        "_table_x",
                        "_PARTITIONTIME",
                        "_uploaded_at",
                        "x".repeat(301))));
    assertThat(failure.code()).isEqualTo(ErrorCode.NAME_INVALID);
    assertThat(failure.getMessage().split("; "))
        .satisfiesExactly(
            problem -> assertThat(problem).startsWith("\"Id\" and \"id\""),
            problem -> assertThat(problem).startsWith("\"a.b\" has signs"),
            problem -> assertThat(problem).contains("\"_table_x\" begins with _TABLE_"),
            problem -> assertThat(problem).contains("\"_PARTITIONTIME\" begins with _PARTITION"),
            problem -> assertThat(problem).contains("\"_uploaded_at\" is a name that Deltaferry"),
            problem -> assertThat(problem).contains("300 characters").contains("rename: other"));
  }

  @Test
  void takesFlexibleNames() {
    assertThatCode(
            () ->
                ColumnNames.check(List.of("Größe", "名前", "a b", "x-y", "50%", "a&b", "_x", "1st")))
        .doesNotThrowAnyException();
  }

  @Test
  void anotherNameIsAWayOut() {
    assertThatCode(() -> ColumnNames.check(Map.of("Id", "Id", "id", "id_2", "_table_x", "table_x")))
        .doesNotThrowAnyException();
    DeltaferryException failure =
        catchThrowableOfType(
            DeltaferryException.class, () -> ColumnNames.check(Map.of("a", "_FILE_", "b", "b")));
    assertThat(failure).hasMessageContaining("\"_FILE_\" begins with _FILE_");
  }
}
