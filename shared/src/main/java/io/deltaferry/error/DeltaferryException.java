package io.deltaferry.error;

import java.io.Serial;

/**
 * Every failure the product knows: a stable code, and a message that says what, where, what to do.
 */
public final class DeltaferryException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  /**
   * @param message for the person who has to act; holds no row values and no secrets
   */
  public DeltaferryException(ErrorCode code, String message) {
    super(message);
    this.code = code;
  }

  public DeltaferryException(ErrorCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public ErrorCode code() {
    return code;
  }

  public ErrorKind kind() {
    return code.kind();
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
