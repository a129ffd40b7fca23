package io.deltaferry.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.cli.endtoend.RunningStack;
import io.deltaferry.cli.endtoend.World;
import io.deltaferry.cli.local.Closing;
import io.deltaferry.cli.process.ServiceSpec;
import io.deltaferry.testing.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the build made for a deployment, in the place of the local stack's own processes: a request
 * is pushed to it, and the delta reaches its target.
 */
class DeployedStackIT {
  private static final int SIGTERM = 128 + 15;

  private static final String TABLES =
      """
      by_image: {source: public.by_image}
      by_function: {source: public.by_function}
      by_function_2: {source: public.by_function_2}
      """;

  @SuppressWarnings("NullAway.Init") // JUnit calls start() first
  private static World world;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it first
  private Path directory;

  /** Makes what starts one service, in a folder of its own. */
  private interface Deployment {
    Launch of(String service, Path folder);
  }

  @BeforeAll
  static void start(@TempDir Path data) throws InterruptedException {
    TestPostgres postgres = TestPostgres.create();
    world = new World(postgres, new RunningStack(data, World.url(postgres), TABLES));
    for (String service : Launch.SERVICES) {
      world.stack().service(service).close();
    }
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void theImagesCarryADelta() throws Exception {
    Map<String, ServedFunction> images =
        carry(
            "by_image",
            (service, folder) -> ServiceImage.unpack(ServiceImage.tarOf(service), folder).launch());
    for (ServedFunction image : images.values()) {
      assertThat(image.end()).as("what a JVM answers that was asked to stop").isEqualTo(SIGTERM);
      assertThat(image.logLines()).allMatch(line -> line.startsWith("{\"time\":"));
    }
  }

  /** The invoker that the platform takes unless it is told otherwise. */
  @Test
  void theFunctionsCarryADelta() throws Exception {
    carry(
        "by_function",
        (service, folder) -> FunctionArchive.unpack(service, folder).launch(service, "1.4.1"));
  }

  /** The invoker of the platform's {@code USE_JAVA_FF_2}. */
  @Test
  void theFunctionsCarryADeltaOnTheNewerInvokerToo() throws Exception {
    carry(
        "by_function_2",
        (service, folder) -> FunctionArchive.unpack(service, folder).launch(service, "2.0.0"));
  }

  /** Starts the three, lets a request through them, and asks them to stop. */
  private Map<String, ServedFunction> carry(String table, Deployment deployment) throws Exception {
    world.create(table);
    try (Closing closing = new Closing()) {
      Map<String, ServedFunction> served = new LinkedHashMap<>();
      for (String service : Launch.SERVICES) {
        Path folder = Files.createDirectories(directory.resolve(service));
        served.put(service, closing.add(takeOver(service, deployment.of(service, folder))));
      }
      for (ServedFunction function : served.values()) {
        function.awaitReady();
      }
      world.assertSyncs(table);
      served.forEach((service, function) -> report(table, service, function));
      return served;
    }
  }

  /** Serves at the port to which the stack pushes this service's messages. */
  private ServedFunction takeOver(String service, Launch launch) {
    ServiceSpec spec = world.stack().service(service).spec();
    return ServedFunction.start(
        launch.with(spec.environment()), spec.port(), directory.resolve(service + ".log"));
  }

  private static void report(String table, String service, ServedFunction function) {
    assertThat(function.logLines()).anyMatch(line -> line.contains("\"stage\":\"" + service));
    System.out.printf(
        "DeployedStackIT %s, %s: peak %s%n",
        table,
        service,
        function.peakKilobytes().map(peak -> peak / 1024 + " MB").orElse("unknown"));
  }
}
