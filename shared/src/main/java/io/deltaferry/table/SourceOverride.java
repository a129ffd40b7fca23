package io.deltaferry.table;

import io.deltaferry.config.Secret;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The source that the environment puts in the place of the file's. */
final class SourceOverride {
  private static final String USER = "DELTAFERRY_SOURCE_USER";
  private static final String PASSWORD = "DELTAFERRY_SOURCE_PASSWORD";

  private SourceOverride() {}

  /**
   * The source of {@link TableCatalog#SOURCE_URL}, its login from the URL or else from the
   * variables beside it; empty without that variable.
   *
   * @throws DeltaferryException SETTING_INVALID when the URL is none; it is not repeated
   */
  static Optional<SourceConfig> of(Map<String, String> environment) {
    String text = environment.get(TableCatalog.SOURCE_URL);
    if (text == null) {
      return Optional.empty();
    }
    SourceUrl url = parse(text);
    String user = either(url.user(), environment.get(USER));
    if (user == null) {
      throw invalid("names no user: put it into the URL or into " + USER, null);
    }
    String password = either(url.password(), environment.get(PASSWORD));
    return Optional.of(
        new SourceConfig(
            new SourceEndpoint.Jdbc(url.jdbcUrl()),
            user,
            password == null ? null : new Secret.Value(password),
            false,
            Map.of()));
  }

  private static SourceUrl parse(String text) {
    try {
      return SourceUrl.parse(text);
    } catch (IllegalArgumentException refused) {
      throw invalid(String.valueOf(refused.getMessage()), refused);
    }
  }

  private static @Nullable String either(@Nullable String first, @Nullable String second) {
    return first != null ? first : second;
  }

  private static DeltaferryException invalid(
      String what, @Nullable IllegalArgumentException cause) {
    String message = TableCatalog.SOURCE_URL + " " + what;
    return cause == null
        ? new DeltaferryException(ErrorCode.SETTING_INVALID, message)
        : new DeltaferryException(ErrorCode.SETTING_INVALID, message, cause);
  }
}
