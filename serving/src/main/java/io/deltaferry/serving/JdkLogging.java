package io.deltaferry.serving;

import org.slf4j.bridge.SLF4JBridgeHandler;

/** gRPC logs through the JDK, whose own handler would write plain text among the JSON. */
final class JdkLogging {
  private JdkLogging() {}

  static void bridge() {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }
}
