package io.deltaferry.extractor;

import io.deltaferry.service.ServiceParts;
import io.deltaferry.service.Stage;
import java.util.Map;

/**
 * The extractor's stage for tests of all stages together, which cannot see it from their package.
 */
public final class ExtractorStage {
  private ExtractorStage() {}

  public static Stage of(ServiceParts parts, Map<String, String> environment) {
    return ExtractorWiring.inService(parts, environment);
  }
}
