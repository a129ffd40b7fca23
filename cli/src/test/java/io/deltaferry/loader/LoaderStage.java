package io.deltaferry.loader;

import io.deltaferry.service.ServiceParts;
import io.deltaferry.service.Stage;

/** The loader's stage for tests of all stages together, which cannot see it from their package. */
public final class LoaderStage {
  private LoaderStage() {}

  public static Stage of(ServiceParts parts) {
    return LoaderFunction.stage(parts);
  }
}
