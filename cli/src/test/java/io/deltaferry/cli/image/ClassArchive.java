package io.deltaferry.cli.image;

import java.util.ArrayList;
import java.util.List;

/**
 * The archive of the classes that a service loads, which spares a JVM to read and check them at
 * every start. It belongs to one build of a JVM and to these very jars.
 */
final class ClassArchive {
  /** In the working directory, as the list of the classes is. */
  static final String FILE = "classes.jsa";

  /** The option that makes a JVM use the archive, when it is that JVM's. */
  static final String USE = "-XX:SharedArchiveFile=" + FILE;

  private static final String LIST = "classes.lst";

  private ClassArchive() {}

  /** A start whose JVM lists the classes that it loads until it ends. */
  static Launch training(ServiceImage image) {
    return image
        .launch()
        .withJavaOptions("-XX:DumpLoadedClassList=" + image.workingDirectory().resolve(LIST));
  }

  /**
   * Makes the archive of what was listed.
   *
   * @param java the command of the JVM that will read it; classes that it does not know are passed
   *     over
   */
  static void make(ServiceImage image, List<String> java) {
    List<String> command = new ArrayList<>(java);
    command.addAll(List.of("@jvm.options", "-Xshare:dump", "-XX:SharedClassListFile=" + LIST, USE));
    command.add("@class.path");
    Commands.succeed(image.workingDirectory(), command.toArray(String[]::new));
  }
}
