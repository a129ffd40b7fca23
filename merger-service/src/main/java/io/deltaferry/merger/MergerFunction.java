package io.deltaferry.merger;

import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import io.deltaferry.service.BuildVersion;
import io.deltaferry.service.EventEndpoint;
import io.deltaferry.service.ServiceParts;
import io.deltaferry.service.Stage;
import java.io.IOException;

/** The merger's entry: loaded temp tables in, merged targets out. */
public final class MergerFunction implements HttpFunction {
  private final EventEndpoint endpoint;

  /** Wires the service from its environment. */
  public MergerFunction() {
    ServiceParts parts = ServiceParts.from(System.getenv());
    endpoint = parts.endpoint(stage(parts));
  }

  /** The stage as the service runs it. */
  static Stage stage(ServiceParts parts) {
    return new MergeDelta(
        parts.stagedWork(),
        parts.settings().topics().loadedDeltas(),
        parts.warehouse(),
        parts.runEnd(),
        parts.ledgerSchema(),
        new TargetTables(parts.warehouse()),
        new TryDelta(parts.warehouse(), parts.control()),
        BuildVersion.text());
  }

  @Override
  public void service(HttpRequest request, HttpResponse response) throws IOException {
    endpoint.service(request, response);
  }
}
