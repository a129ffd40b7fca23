package io.deltaferry.localgcp.http;

import java.io.Serial;

/** A refusal in the form every Google JSON API uses. */
public final class GoogleError extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final int code;
  private final String reason;

  /**
   * @param code the HTTP status
   * @param reason the machine-readable reason, such as {@code notFound} or {@code duplicate}
   * @param message what a person reads
   */
  public GoogleError(int code, String reason, String message) {
    super(message);
    this.code = code;
    this.reason = reason;
  }

  public static GoogleError notFound(String message) {
    return new GoogleError(404, "notFound", message);
  }

  public static GoogleError invalid(String message) {
    return new GoogleError(400, "invalid", message);
  }

  public int code() {
    return code;
  }

  public String reason() {
    return reason;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
