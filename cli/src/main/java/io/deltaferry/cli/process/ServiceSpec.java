package io.deltaferry.cli.process;

import io.deltaferry.service.Topology;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One service to run.
 *
 * @param name such as {@code extractor}; also names its log file
 * @param functionClass the class the functions framework runs
 * @param port of 127.0.0.1
 * @param heap the JVM's {@code -Xmx}, such as {@code 128m}
 * @param environment what it gets beside this process's own variables
 * @param logDirectory where its output goes
 */
public record ServiceSpec(
    String name,
    String functionClass,
    int port,
    String heap,
    Map<String, String> environment,
    Path logDirectory) {
  public ServiceSpec {
    environment = Map.copyOf(environment);
  }

  /** One of several instances; the first is called as the service itself. */
  public ServiceSpec instance(int number, int ownPort) {
    String ownName = number == 1 ? name : name + "-" + number;
    return new ServiceSpec(ownName, functionClass, ownPort, heap, environment, logDirectory);
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  URI health() {
    return URI.create(url() + Topology.DEFAULT.healthPath());
  }

  /** The JSON lines the service writes. */
  public Path log() {
    return logDirectory.resolve(name + ".jsonl");
  }

  /** What the JVM and the libraries write beside. */
  Path stderr() {
    return logDirectory.resolve(name + ".stderr.log");
  }

  List<String> command() {
    return JavaCommand.of(heap, ServiceMain.class, functionClass, Integer.toString(port));
  }
}
