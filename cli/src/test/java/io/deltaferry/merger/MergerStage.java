package io.deltaferry.merger;

import io.deltaferry.service.ServiceParts;
import io.deltaferry.service.Stage;

/** The merger's stage for tests of all stages together, which cannot see it from their package. */
public final class MergerStage {
  private MergerStage() {}

  public static Stage of(ServiceParts parts) {
    return MergerFunction.stage(parts);
  }
}
