package io.deltaferry.postgres;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Turns what the driver throws into what the product knows, by SQLSTATE. */
public final class SourceFailures {
  /** Their messages name objects, limits and syntax; other classes can quote values of rows. */
  private static final Set<String> QUOTABLE =
      Set.of("08", "0A", "25", "28", "3D", "3F", "40", "42", "53", "55", "57");

  private static final String NO_STATE = "00000";

  private SourceFailures() {}

  /**
   * The failure as the product names it. Neither the message nor the cause holds a value of a row
   * or a password.
   *
   * @param what was being done to what, such as {@code reading public.orders}
   */
  public static DeltaferryException translate(SQLException failure, String what) {
    String state = failure.getSQLState() == null ? NO_STATE : failure.getSQLState();
    ErrorCode code = code(state);
    boolean quotable = QUOTABLE.contains(state.substring(0, 2));
    String said = quotable ? ": " + said(failure) : "";
    String message =
        "%s failed (SQLSTATE %s)%s. %s".formatted(what, state, said, advice(code, state));
    return quotable
        ? new DeltaferryException(code, message, failure)
        : new DeltaferryException(code, message);
  }

  private static ErrorCode code(String state) {
    return switch (state) {
      case "08004" -> ErrorCode.SOURCE_LOGIN_REFUSED;
      case "42P01", "3F000" -> ErrorCode.SOURCE_MISSING;
      case "42703" -> ErrorCode.COLUMN_MISSING;
      case "42501" -> ErrorCode.SOURCE_DENIED;
      // Cancelled, by its timeout or a person; in conflict with what a standby replays.
      case "57014", "40001" -> ErrorCode.SOURCE_TIMEOUT;
      default -> codeOfClass(state.substring(0, 2));
    };
  }

  private static ErrorCode codeOfClass(String stateClass) {
    return switch (stateClass) {
      case "28" -> ErrorCode.SOURCE_LOGIN_REFUSED;
      // Connection; transaction state; no such database; rolled back; resources; locks; operator
      // intervention; system.
      case "00", "08", "25", "3D", "40", "53", "55", "57", "58" -> ErrorCode.SOURCE_UNAVAILABLE;
      default -> ErrorCode.SOURCE_QUERY_FAILED;
    };
  }

  /** What the server says, which may hold values of rows unless none was read. */
  static String said(SQLException failure) {
    @Nullable ServerErrorMessage server =
        failure instanceof PSQLException driver ? driver.getServerErrorMessage() : null;
    String text = server == null ? failure.getMessage() : server.getMessage();
    return text == null ? failure.getClass().getSimpleName() : text.strip().replace('\n', ' ');
  }

  private static String advice(ErrorCode code, String state) {
    if (state.startsWith("22")) {
      return "A value of a row breaks an expression of the filter, a `convert`, the query or a view;"
          + " run it in psql to see which";
    }
    return switch (code) {
      case SOURCE_LOGIN_REFUSED -> "Check user, password and pg_hba.conf";
      case SOURCE_MISSING ->
          "Check the name in the table file; one with upper case or other signs needs double"
              + " quotes there";
      case SOURCE_TIMEOUT ->
          "The statement was cancelled, ran into its timeout, or met the replay of a standby; it is"
              + " tried again";
      case COLUMN_MISSING -> "Check the column names in the table file";
      case SOURCE_DENIED ->
          "GRANT the user SELECT on it and USAGE on its schema; where row-level security hides rows,"
              + " BYPASSRLS";
      case SOURCE_QUERY_FAILED -> "Check the filter or the query in the table file";
      default -> "It is tried again; check that the database runs and can be reached";
    };
  }
}
