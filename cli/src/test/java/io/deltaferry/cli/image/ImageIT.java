package io.deltaferry.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.cli.local.StackPorts;
import io.deltaferry.service.BuildVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The images that the build made, on no base: what they hold and how they start. */
class ImageIT {
  static final List<String> SERVICES = Launch.SERVICES;

  private static final Map<String, ServiceImage> IMAGES = new HashMap<>();

  /** Nothing listens there; a start reaches for nothing. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "DELTAFERRY_PROJECT", "p",
          "DELTAFERRY_BUCKET", "b",
          "DELTAFERRY_CONTROL_DATASET", "c",
          "BIGQUERY_EMULATOR_HOST", "127.0.0.1:1",
          "STORAGE_EMULATOR_HOST", "127.0.0.1:1",
          "PUBSUB_EMULATOR_HOST", "127.0.0.1:1");

  private static final long HALF_OF_THE_CONTAINER = 256L << 20;

  @BeforeAll
  static void unpack(@TempDir Path directory) {
    IMAGES.putAll(ServiceImage.unpackAll(directory));
  }

  @Test
  void whatCannotBeServedSaysSoInOneLogEntry(@TempDir Path directory) throws Exception {
    try (ServedFunction served =
        ServedFunction.start(image("loader").launch(), /* port= */ 1, directory.resolve("log"))) {
      assertThat(served.end()).isEqualTo(1);
      assertThat(served.logLines())
          .singleElement()
          .asString()
          .contains("\"severity\":\"ERROR\"", "DELTAFERRY_PROJECT is not set");
    }
  }

  /** {@code -Xshare:on} starts from an archive or not at all. */
  @Test
  void anArchiveOfItsClassesIsTaken(@TempDir Path directory) throws Exception {
    ServiceImage image = image("merger");
    Launch launch = image.launch().with(SETTINGS);
    start(ClassArchive.training(image).with(SETTINGS), directory);
    ClassArchive.make(image, List.of(ServedFunction.JAVA.toString()));
    start(launch.withJavaOptions("-Xshare:on " + ClassArchive.USE), directory);
  }

  /** Starts it, and stops it when it is ready. */
  private static void start(Launch launch, Path directory) throws Exception {
    int port = StackPorts.free().merger();
    try (ServedFunction served = ServedFunction.start(launch, port, directory.resolve("log"))) {
      served.awaitReady();
    }
  }

  @ParameterizedTest
  @FieldSource("SERVICES")
  void theHeapIsHalfOfTheContainer(String service) {
    List<String> options = optionsOf(image(service).config().entrypoint());
    assertThat(flags(service, options))
        .containsEntry("MaxHeapSize", Long.toString(HALF_OF_THE_CONTAINER))
        .containsEntry("UseSerialGC", "true")
        .containsEntry("ExitOnOutOfMemoryError", "true")
        .containsEntry("TieredStopAtLevel", service.equals("extractor") ? "4" : "1");
  }

  /** What stands before the main class. */
  private static List<String> optionsOf(List<String> entrypoint) {
    return entrypoint.stream().skip(1).takeWhile(word -> word.startsWith("@")).toList();
  }

  private static Map<String, String> flags(String service, List<String> options) {
    List<String> command =
        Stream.of(
                Stream.of(ServedFunction.JAVA.toString(), Launch.CONTAINER),
                options.stream(),
                Stream.of("-XX:+PrintFlagsFinal", "-version"))
            .flatMap(words -> words)
            .toList();
    String printed =
        Commands.succeed(image(service).workingDirectory(), command.toArray(String[]::new));
    Map<String, String> flags = new HashMap<>();
    printed
        .lines()
        .map(line -> line.strip().split("\\s+"))
        .filter(words -> words.length > 3 && words[2].equals("="))
        .forEach(words -> flags.put(words[1], words[3]));
    return flags;
  }

  @ParameterizedTest
  @FieldSource("SERVICES")
  void theClassPathIsTheLibrariesThatAreThere(String service) throws IOException {
    Path home = image(service).workingDirectory();
    String classPath = Files.readAllLines(home.resolve("class.path")).get(1);
    try (Stream<Path> libraries = Files.list(home.resolve("libs"));
        Stream<Path> own = Files.list(home.resolve("classpath"))) {
      assertThat(classPath.split(":"))
          .doesNotHaveDuplicates()
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(own, libraries).map(file -> home.relativize(file).toString()).toList());
    }
  }

  @ParameterizedTest
  @FieldSource("SERVICES")
  void anImageSaysWhatItIs(String service) {
    ServiceImage.Config config = image(service).config();
    assertThat(config.entrypoint()).endsWith(Launch.functionOf(service));
    assertThat(config.user()).isEqualTo("65532:65532");
    assertThat(config.labels())
        .containsEntry("org.opencontainers.image.title", "deltaferry-" + service)
        .containsEntry("org.opencontainers.image.revision", commit())
        .containsKey("org.opencontainers.image.source");
    assertThat(BuildVersion.text())
        .startsWith(config.labels().get("org.opencontainers.image.version") + " (")
        .contains("(" + commit().substring(0, 7));
  }

  /** The commit of this work tree; the build of a source archive knows none. */
  private static String commit() {
    return Files.exists(Path.of("..", ".git"))
        ? Commands.succeed(Path.of(".."), "git", "rev-parse", "HEAD").strip()
        : "unknown";
  }

  private static ServiceImage image(String service) {
    return Objects.requireNonNull(IMAGES.get(service), service);
  }
}
