package io.deltaferry.cli.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The archive that a Cloud Function is built from, unpacked as the platform's build does it.
 *
 * @param directory what it was unpacked to
 */
record FunctionArchive(Path directory) {

  /** The archive that the build made of a service, beside this module. */
  static FunctionArchive unpack(String service, Path directory) {
    Path zip = Path.of("..", service + "-service", "target", service + "-function.zip");
    try (InputStream file = Files.newInputStream(zip);
        ZipInputStream entries = new ZipInputStream(file)) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        Path target = directory.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.resolve("..").normalize());
          Files.copy(entries, target);
        }
      }
      return new FunctionArchive(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(zip + " cannot be unpacked", e);
    }
  }

  /**
   * As the platform starts it.
   *
   * @param invoker version of the functions framework's invoker
   */
  Launch launch(String service, String invoker) {
    Path jar = Path.of("target", "invokers", "java-function-invoker-" + invoker + ".jar");
    return new Launch(
        List.of("java", "-jar", jar.toAbsolutePath().toString(), "--classpath", service + ".jar"),
        directory,
        Map.of(
            "FUNCTION_TARGET",
            Launch.functionOf(service),
            "FUNCTION_SIGNATURE_TYPE",
            "http",
            "JAVA_TOOL_OPTIONS",
            Launch.CONTAINER + " -XX:MaxRAMPercentage=70"));
  }
}
