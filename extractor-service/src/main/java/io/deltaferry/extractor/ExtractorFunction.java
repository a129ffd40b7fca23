package io.deltaferry.extractor;

import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import io.deltaferry.service.EventEndpoint;
import io.deltaferry.service.ServiceParts;
import java.io.IOException;

/** The extractor's entry: requests in, staged deltas out. */
public final class ExtractorFunction implements HttpFunction {
  private final EventEndpoint endpoint;

  /** Wires the service from its environment. */
  public ExtractorFunction() {
    ServiceParts parts = ServiceParts.from(System.getenv());
    endpoint = parts.endpoint(ExtractorWiring.inService(parts, System.getenv()));
  }

  @Override
  public void service(HttpRequest request, HttpResponse response) throws IOException {
    endpoint.service(request, response);
  }
}
