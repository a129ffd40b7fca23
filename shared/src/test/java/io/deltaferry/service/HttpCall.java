package io.deltaferry.service;

import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A push without a server: as much of request and answer as an endpoint looks at. */
final class HttpCall {
  private final Map<String, List<String>> headers = new HashMap<>();
  private final String body;
  private int status;

  HttpCall(Map<String, String> headers, String body) {
    headers.forEach((name, value) -> this.headers.put(name, List.of(value)));
    this.body = body;
  }

  HttpRequest request() {
    return proxy(HttpRequest.class, (method, arguments) -> ask(method));
  }

  HttpResponse response() {
    return proxy(HttpResponse.class, this::answer);
  }

  int status() {
    return status;
  }

  private Object ask(Method method) {
    return switch (method.getName()) {
      case "getPath" -> "/";
      case "getHeaders" -> headers;
      case "getInputStream" -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
      default -> throw new UnsupportedOperationException(method.getName());
    };
  }

  private Object answer(Method method, Object[] arguments) {
    switch (method.getName()) {
      case "setStatusCode" -> status = (Integer) arguments[0];
      case "setContentType" -> {}
      case "getOutputStream" -> {
        return new ByteArrayOutputStream();
      }
      default -> throw new UnsupportedOperationException(method.getName());
    }
    return status;
  }

  @FunctionalInterface
  private interface Call {
    Object of(Method method, Object[] arguments);
  }

  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> call.of(method, arguments)));
  }
}
