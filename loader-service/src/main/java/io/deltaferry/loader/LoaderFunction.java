package io.deltaferry.loader;

import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import io.deltaferry.service.EventEndpoint;
import io.deltaferry.service.ServiceParts;
import io.deltaferry.service.Stage;
import java.io.IOException;

/** The loader's entry: manifests in, loaded temp tables out. */
public final class LoaderFunction implements HttpFunction {
  private final EventEndpoint endpoint;

  /** Wires the service from its environment. */
  public LoaderFunction() {
    ServiceParts parts = ServiceParts.from(System.getenv());
    endpoint = parts.endpoint(stage(parts));
  }

  /** The stage as the service runs it. */
  static Stage stage(ServiceParts parts) {
    return new LoadDelta(
        parts.stagedWork(),
        parts.control(),
        parts.warehouse(),
        parts.publisher(),
        parts.runEnd(),
        parts.journal(),
        parts.settings(),
        parts.clock());
  }

  @Override
  public void service(HttpRequest request, HttpResponse response) throws IOException {
    endpoint.service(request, response);
  }
}
