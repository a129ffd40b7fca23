package io.deltaferry.cli.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A container image, unpacked as a container would see it.
 *
 * @param root what is {@code /} in the container
 * @param config the image's configuration
 */
record ServiceImage(Path root, Config config) {
  private static final JsonMapper JSON = new JsonMapper();

  /** How a container starts. */
  record Config(
      List<String> entrypoint,
      String path,
      String workingDirectory,
      String user,
      Map<String, String> labels) {
    Config {
      entrypoint = List.copyOf(entrypoint);
      labels = Map.copyOf(labels);
    }
  }

  /** The image that the build made of a service, beside this module. */
  static Path tarOf(String service) {
    return Path.of("..", service + "-service", "target", "jib-image.tar").toAbsolutePath();
  }

  /** Unpacks the images of all services, each in a folder of its name. */
  static Map<String, ServiceImage> unpackAll(Path directory) {
    Map<String, ServiceImage> images = new LinkedHashMap<>();
    for (String service : Launch.SERVICES) {
      images.put(service, unpack(tarOf(service), directory.resolve(service)));
    }
    return images;
  }

  /** Unpacks an image that was saved as one file; each layer over those below it. */
  static ServiceImage unpack(Path tar, Path directory) {
    try {
      Path parts = Files.createDirectories(directory.resolve("parts"));
      Commands.succeed(parts, "tar", "-xf", tar.toString());
      Path root = Files.createDirectories(directory.resolve("root"));
      JsonNode manifest = JSON.readTree(parts.resolve("manifest.json").toFile()).get(0);
      for (JsonNode layer : manifest.get("Layers")) {
        Path file = parts.resolve(layer.asText());
        Commands.succeed(root, "tar", "-xzf", file.toString());
        Files.delete(file);
      }
      JsonNode config = JSON.readTree(parts.resolve(manifest.get("Config").asText()).toFile());
      return new ServiceImage(root, config(config.get("config")));
    } catch (IOException e) {
      throw new UncheckedIOException("not an image: " + tar, e);
    }
  }

  private static Config config(JsonNode json) {
    Map<String, String> labels = new HashMap<>();
    json.path("Labels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
    String path =
        texts(json.path("Env")).stream()
            .filter(variable -> variable.startsWith("PATH="))
            .map(variable -> variable.substring("PATH=".length()))
            .findFirst()
            .orElse("");
    return new Config(
        texts(json.path("Entrypoint")),
        path,
        json.path("WorkingDir").asText(),
        json.path("User").asText(),
        labels);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /** As Cloud Run starts it, but on this machine's own Java and loopback address. */
  Launch launch() {
    return new Launch(config.entrypoint(), workingDirectory(), Map.of())
        .withJavaOptions(Launch.CONTAINER + " -Ddeltaferry.address=127.0.0.1");
  }

  Path workingDirectory() {
    return root.resolve(config.workingDirectory().substring(1));
  }
}
