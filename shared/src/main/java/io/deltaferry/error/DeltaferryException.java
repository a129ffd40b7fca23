package io.deltaferry.error;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Every failure the product knows: a stable code, and a message that says what, where, what to do.
 */
public final class DeltaferryException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final ErrorKind kind;

  /**
   * @param message for the person who has to act; holds no row values and no secrets
   */
  public DeltaferryException(ErrorCode code, String message) {
    super(message);
    this.code = code;
    this.kind = code.kind();
  }

  public DeltaferryException(ErrorCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
    this.kind = code.kind();
  }

  private DeltaferryException(
      ErrorCode code, String message, @Nullable Throwable cause, ErrorKind kind) {
    super(message, cause);
    this.code = code;
    this.kind = kind;
  }

  /** A failure that is final, whatever its code says of others. */
  public static DeltaferryException permanent(ErrorCode code, String message) {
    return new DeltaferryException(code, message, null, ErrorKind.PERMANENT);
  }

  /** The same failure, which is final now: there is no further attempt at the event. */
  public DeltaferryException givenUp(int attempts) {
    return new DeltaferryException(
        code,
        getMessage() + " (given up after " + attempts + " attempts)",
        this,
        ErrorKind.PERMANENT);
  }

  public ErrorCode code() {
    return code;
  }

  /** That of the code, unless the failure was given up. */
  public ErrorKind kind() {
    return kind;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
