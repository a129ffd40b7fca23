package io.deltaferry.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import java.util.List;
import java.util.Map;

/** Table files that are refused, and what is said of them. */
final class WrongTableFile {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("HOST", "db.example.com", "TOKEN", "hunter2", "NOTHING", "");

  /** Lines 1 to 8; what is tested follows from line 9. */
  static final String HEAD =
      """
      source:
        url: jdbc:postgresql://db.example.com/shop
        user: deltaferry
      target:
        project: my-project
        dataset: shop
      bucket: my-project-deltas
      tables:
      """;

  /** Lines 9 to 11. */
  static final String ORDERS =
      """
        orders:
          source: public.orders
          cursor: updated_at
      """;

  private WrongTableFile() {}

  /** The lines of the refusal. */
  static List<String> problems(String text) {
    DeltaferryException error =
        catchThrowableOfType(DeltaferryException.class, () -> TableCatalog.read(text, ENVIRONMENT));
    assertThat(error).as("the file is refused").isNotNull();
    assertThat(error.code()).isEqualTo(ErrorCode.TABLE_FILE_INVALID);
    assertThat(error.getMessage()).doesNotContain("hunter2");
    return error.getMessage().lines().toList();
  }
}
