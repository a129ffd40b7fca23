package io.deltaferry.localgcp.pubsub;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import io.deltaferry.localgcp.http.GoogleError;
import io.deltaferry.localgcp.http.HttpCall;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** One REST call as protocol messages: names from the path, the body by protobuf's JSON rules. */
record RestCall(HttpCall http) {
  private static final JsonFormat.Printer PRINTER = JsonFormat.printer();

  /** A Pub/Sub method; its refusals become Google's JSON errors. */
  @FunctionalInterface
  interface Method {
    MessageOrBuilder answer(RestCall call) throws IOException;
  }

  static void handle(HttpCall http, Method method) throws IOException {
    byte[] answer;
    try {
      answer = json(method.answer(new RestCall(http)));
    } catch (StatusRuntimeException e) {
      throw errorOf(e);
    } catch (InvalidProtocolBufferException e) {
      throw new GoogleError(400, "badRequest", "Invalid JSON payload: " + e.getMessage());
    }
    http.responseHeader("Content-Type", "application/json; charset=UTF-8").respond(200, answer);
  }

  String project() {
    return "projects/" + http.path("project");
  }

  String topic() {
    return project() + "/topics/" + http.path("topic");
  }

  String subscription() {
    return project() + "/subscriptions/" + http.path("subscription");
  }

  String pageToken() {
    return http.query("pageToken").orElse("");
  }

  /** 0 where none was asked for. */
  int pageSize() {
    String text = http.query("pageSize").orElse("0");
    if (!text.matches("\\d{1,9}")) {
      throw Refusal.invalid("Invalid pageSize: " + text + ".");
    }
    return Integer.parseInt(text);
  }

  /** The body merged into {@code builder}; unknown fields are refused. */
  <B extends Message.Builder> B body(B builder) throws IOException {
    String text = new String(http.bytes(), StandardCharsets.UTF_8);
    if (!text.isBlank()) {
      JsonFormat.parser().merge(text, builder);
    }
    return builder;
  }

  private static byte[] json(MessageOrBuilder message) throws InvalidProtocolBufferException {
    return PRINTER.print(message).getBytes(StandardCharsets.UTF_8);
  }

  private static GoogleError errorOf(StatusRuntimeException refusal) {
    String message = String.valueOf(refusal.getStatus().getDescription());
    return switch (refusal.getStatus().getCode()) {
      case INVALID_ARGUMENT -> new GoogleError(400, "badRequest", message);
      case FAILED_PRECONDITION -> new GoogleError(400, "failedPrecondition", message);
      case NOT_FOUND -> new GoogleError(404, "notFound", message);
      case ALREADY_EXISTS -> new GoogleError(409, "alreadyExists", message);
      case UNIMPLEMENTED -> new GoogleError(501, "notImplemented", message);
      case OK,
          CANCELLED,
          UNKNOWN,
          DEADLINE_EXCEEDED,
          PERMISSION_DENIED,
          RESOURCE_EXHAUSTED,
          ABORTED,
          OUT_OF_RANGE,
          INTERNAL,
          UNAVAILABLE,
          DATA_LOSS,
          UNAUTHENTICATED ->
          new GoogleError(500, "internalError", message);
    };
  }
}
