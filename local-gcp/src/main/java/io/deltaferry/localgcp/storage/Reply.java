package io.deltaferry.localgcp.storage;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltaferry.localgcp.http.HttpCall;
import java.io.IOException;

/** An answer that is ready to be sent: what it reports has happened already. */
@FunctionalInterface
interface Reply {
  void send(HttpCall call) throws IOException;

  static Reply json(JsonNode body) {
    return call -> call.respondJson(200, body);
  }

  static Reply empty(int status) {
    return call -> call.respondEmpty(status);
  }
}
