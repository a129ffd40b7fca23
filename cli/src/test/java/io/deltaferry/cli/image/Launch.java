package io.deltaferry.cli.image;

import io.deltaferry.service.Topology;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How a deployment starts a service.
 *
 * @param environment what the platform sets beside the service's own variables
 */
record Launch(List<String> command, Path directory, Map<String, String> environment) {
  /** The services, in the order of a delta's way. */
  static final List<String> SERVICES = List.copyOf(Topology.DEFAULT.services().keySet());

  /** The variable in which Java looks for options before those of its command. */
  static final String JAVA_OPTIONS = "JDK_JAVA_OPTIONS";

  /** What a container of 512 MiB tells its JVM. */
  static final String CONTAINER = "-XX:MaxRAM=512m";

  Launch {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  static String functionOf(String service) {
    return Objects.requireNonNull(Topology.DEFAULT.services().get(service)).function();
  }

  /** The same with more variables. */
  Launch with(Map<String, String> variables) {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(variables);
    return new Launch(command, directory, all);
  }

  /** The same with more options for the JVM, which is how a deployment would give them too. */
  Launch withJavaOptions(String options) {
    String others = environment.getOrDefault(JAVA_OPTIONS, "");
    return with(Map.of(JAVA_OPTIONS, (others + " " + options).strip()));
  }
}
