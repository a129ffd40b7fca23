package io.deltaferry.cli.process;

import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import java.io.IOException;

/** Answers with a variable of its environment; dies when asked to. */
public final class EchoFunction implements HttpFunction {
  @Override
  public void service(HttpRequest request, HttpResponse response) throws IOException {
    if (request.getPath().equals("/crash")) {
      Runtime.getRuntime().halt(7);
    }
    response.getWriter().write(String.valueOf(System.getenv("ECHO")));
  }
}
