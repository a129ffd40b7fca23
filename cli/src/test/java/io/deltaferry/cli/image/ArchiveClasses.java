package io.deltaferry.cli.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes the class archives of the images: lets a delta through them to see what they load, and has
 * each image's own Java archive that. A step of a build, for Linux.
 */
final class ArchiveClasses {
  private ArchiveClasses() {}

  /**
   * Writes the archives for the build that adds them.
   *
   * @param arguments the folder of each service's target that they are written to
   */
  public static void main(String[] arguments) throws Exception {
    Path directory = Files.createTempDirectory("archive-classes");
    Map<String, ServiceImage> images = ServiceImage.unpackAll(directory.resolve("images"));
    try (ColdDelta delta = new ColdDelta(directory)) {
      Map<String, Launch> training = new LinkedHashMap<>();
      images.forEach((service, image) -> training.put(service, ClassArchive.training(image)));
      delta.carry(training);
    }
    for (Map.Entry<String, ServiceImage> image : images.entrySet()) {
      write(image.getKey(), image.getValue(), arguments[0]);
    }
  }

  private static void write(String service, ServiceImage image, String folder) throws IOException {
    ClassArchive.make(image, ImageJava.of(image));
    Path target = Files.createDirectories(ServiceImage.tarOf(service).resolveSibling(folder));
    Path archive = target.resolve(ClassArchive.FILE);
    Files.copy(
        image.workingDirectory().resolve(ClassArchive.FILE),
        archive,
        StandardCopyOption.REPLACE_EXISTING);
    Files.writeString(target.resolve("archive.options"), ClassArchive.USE + "\n");
    System.out.printf("%s: %d MB of classes%n", archive.normalize(), Files.size(archive) >> 20);
  }
}
