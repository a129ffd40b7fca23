package io.deltaferry.cli.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;

/** The Java that an image brings, run in the image's own files without a container; Linux only. */
final class ImageJava {
  /** With the processes of the machine in sight, since Java asks there where it lies. */
  private static final String ENTER =
      """
      mount --rbind /proc "$1/proc" && unshare=$(command -v unshare) || exit
      root=$1 directory=$2 PATH=$3
      shift 3
      exec "$unshare" --root="$root" --wd="$directory" java "$@"
      """;

  private ImageJava() {}

  /**
   * The command that runs it in the image's working directory. It fails to be found in an image
   * whose base has none.
   */
  static List<String> of(ServiceImage image) {
    try {
      Files.createDirectories(image.root().resolve("proc"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.of(
        "unshare",
        "--map-root-user",
        "--mount",
        "sh",
        "-c",
        ENTER,
        "sh",
        image.root().toString(),
        image.config().workingDirectory(),
        image.config().path());
  }
}
