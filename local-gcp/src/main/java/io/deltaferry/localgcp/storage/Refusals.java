package io.deltaferry.localgcp.storage;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltaferry.localgcp.http.GoogleError;

/** The refusals that Cloud Storage words the same way everywhere. */
final class Refusals {
  private Refusals() {}

  static GoogleError noBucket() {
    return GoogleError.notFound("The specified bucket does not exist.");
  }

  static GoogleError noObject(String bucket, String object) {
    return GoogleError.notFound("No such object: " + bucket + "/" + object);
  }

  static GoogleError condition() {
    return new GoogleError(
        412, "conditionNotMet", "At least one of the pre-conditions you specified did not hold.");
  }

  static GoogleError notModified() {
    return new GoogleError(304, "notModified", "Not Modified");
  }

  static GoogleError required(String parameter) {
    return new GoogleError(400, "required", "Required parameter: " + parameter);
  }

  static GoogleError unavailable() {
    return new GoogleError(503, "backendError", "We encountered an internal error. Try again.");
  }

  /** A setting that is off, such as {@code versioning: {enabled: false}}, promises nothing. */
  static boolean isPromise(JsonNode value) {
    if (value.isContainerNode()) {
      return value.findParents("enabled").isEmpty()
          ? !value.isEmpty()
          : value.findValues("enabled").stream().anyMatch(JsonNode::asBoolean);
    }
    return !value.isNull() && (!value.isBoolean() || value.asBoolean());
  }

  static GoogleError unsupported(String what) {
    return new GoogleError(
        501, "notImplemented", "The local Cloud Storage does not support " + what + ".");
  }
}
