package io.deltaferry.localgcp.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.http.HttpCall;

/** An object its writer wants: everything but the content. */
record Draft(
    String name,
    ObjectAttributes attributes,
    ExpectedChecksum expected,
    Preconditions preconditions) {

  static Draft of(ObjectNode resource, Preconditions preconditions) {
    return new Draft(
        Names.object(resource.path("name").asText("")),
        ObjectAttributes.of(resource),
        ExpectedChecksum.of(resource),
        preconditions);
  }

  /** With the checksums that the call which sends the last bytes names. */
  Draft sentBy(HttpCall call) {
    return new Draft(name, attributes, expected.and(call), preconditions);
  }
}
