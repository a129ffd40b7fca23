package io.deltaferry.cli.doctor;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import com.google.cloud.BaseServiceException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why one of Google's APIs did not answer as asked, whichever client asked it. */
public enum GoogleRefusal {
  /** The caller has no credentials, or ones that have expired. */
  NO_CREDENTIALS,
  /** The API is not enabled in the project. */
  API_DISABLED,
  /** The caller may not. */
  DENIED,
  /** There is no such thing, or the caller may not know of it. */
  NOT_FOUND,
  /** Nothing listens there. */
  UNREACHABLE;

  private static final String NO_DEFAULT_CREDENTIALS = "default credentials were not found";
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int ABSENT = 404;

  /** The reason, or nothing when it is none of these. */
  public static Optional<GoogleRefusal> of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      GoogleRefusal known = ofOne(cause);
      if (known != null) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }

  /** The reason that an HTTP status and the body's text tell. */
  public static Optional<GoogleRefusal> ofStatus(int status, String text) {
    return Optional.ofNullable(of(status, text));
  }

  private static @Nullable GoogleRefusal of(int status, String text) {
    return switch (status) {
      case UNAUTHORIZED -> NO_CREDENTIALS;
      case FORBIDDEN -> saysDisabled(text) ? API_DISABLED : DENIED;
      case ABSENT -> NOT_FOUND;
      default -> null;
    };
  }

  private static @Nullable GoogleRefusal ofOne(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    if (message.contains(NO_DEFAULT_CREDENTIALS)) {
      return NO_CREDENTIALS;
    }
    if (failure instanceof ConnectException || failure instanceof UnknownHostException) {
      return UNREACHABLE;
    }
    if (failure instanceof BaseServiceException rest) {
      return of(rest.getCode(), rest.getReason() + " " + message);
    }
    return failure instanceof ApiException grpc ? ofGrpc(grpc, message) : null;
  }

  private static @Nullable GoogleRefusal ofGrpc(ApiException failure, String message) {
    StatusCode.Code code = failure.getStatusCode().getCode();
    return switch (code) {
      case UNAUTHENTICATED -> NO_CREDENTIALS;
      case PERMISSION_DENIED ->
          saysDisabled(failure.getReason() + " " + message) ? API_DISABLED : DENIED;
      case NOT_FOUND -> NOT_FOUND;
      default -> null;
    };
  }

  /** The reason's name in new and in old APIs, and the sentence of both. */
  private static boolean saysDisabled(String text) {
    return text.contains("SERVICE_DISABLED")
        || text.contains("accessNotConfigured")
        || text.contains("has not been used in project");
  }
}
