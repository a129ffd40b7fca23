package io.deltaferry.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The archives have the shape that Cloud Functions builds from without running Maven. */
class FunctionArchiveIT {
  static final List<String> SERVICES = Launch.SERVICES;

  @ParameterizedTest
  @FieldSource("SERVICES")
  void oneJarStandsAloneAndNamesItsLibraries(String service, @TempDir Path directory)
      throws IOException {
    FunctionArchive.unpack(service, directory);
    assertThat(names(directory)).containsExactlyInAnyOrder(service + ".jar", "libs");
    try (JarFile jar = new JarFile(directory.resolve(service + ".jar").toFile())) {
      String function = Launch.functionOf(service).replace('.', '/') + ".class";
      assertThat(jar.getEntry(function)).as(function).isNotNull();
      String classPath = jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
      assertThat(classPath.split(" "))
          .doesNotHaveDuplicates()
          .containsAll(
              names(directory.resolve("libs")).stream().map(name -> "libs/" + name).toList());
    }
  }

  @ParameterizedTest
  @FieldSource("SERVICES")
  void thePlatformBringsItsOwnServer(String service, @TempDir Path directory) throws IOException {
    FunctionArchive.unpack(service, directory);
    assertThat(names(directory.resolve("libs")))
        .noneMatch(name -> name.startsWith("java-function-invoker"))
        .anyMatch(name -> name.startsWith("shared-"));
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }
}
