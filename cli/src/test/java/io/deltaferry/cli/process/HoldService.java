package io.deltaferry.cli.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A parent to be killed: starts one service, says so, and waits. */
final class HoldService {
  private HoldService() {}

  public static void main(String[] arguments) throws InterruptedException {
    ServiceSpec spec =
        new ServiceSpec(
            "echo",
            EchoFunction.class.getName(),
            Integer.parseInt(arguments[0]),
            "64m",
            Map.of(),
            Path.of(arguments[1]));
    ServiceProcess service = ServiceProcess.start(spec);
    service.awaitHealthy(Duration.ofSeconds(30));
    System.out.println("ready " + service.handle().pid());
    Thread.sleep(Long.MAX_VALUE);
  }
}
