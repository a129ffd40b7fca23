package io.deltaferry.localgcp.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON every Google API wraps a refusal in. */
final class ErrorBody {
  private ErrorBody() {}

  static Map<String, Object> of(GoogleError error) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("domain", "global");
    detail.put("reason", error.reason());
    detail.put("message", error.getMessage());
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("code", error.code());
    body.put("message", error.getMessage());
    body.put("errors", List.of(detail));
    body.put("status", statusName(error.code()));
    return Map.of("error", body);
  }

  /** The name google.rpc.Code gives this HTTP status. */
  private static String statusName(int code) {
    return switch (code) {
      case 400 -> "INVALID_ARGUMENT";
      case 401 -> "UNAUTHENTICATED";
      case 403 -> "PERMISSION_DENIED";
      case 404 -> "NOT_FOUND";
      case 409 -> "ALREADY_EXISTS";
      case 412 -> "FAILED_PRECONDITION";
      case 429 -> "RESOURCE_EXHAUSTED";
      case 501 -> "UNIMPLEMENTED";
      case 503 -> "UNAVAILABLE";
      default -> code < 500 ? "INVALID_ARGUMENT" : "INTERNAL";
    };
  }
}
