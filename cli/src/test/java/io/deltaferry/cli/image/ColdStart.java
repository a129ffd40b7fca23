package io.deltaferry.cli.image;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Measures how long each service takes from nothing to its first message handled, with different
 * options of the JVM side by side. It needs minutes, and is no test.
 */
final class ColdStart {
  private static final String QUICK = "-XX:TieredStopAtLevel=1";

  private final Map<String, ServiceImage> images;
  private final ColdDelta delta;

  private ColdStart(Map<String, ServiceImage> images, ColdDelta delta) {
    this.images = images;
    this.delta = delta;
  }

  /**
   * Prints the tables of a measurement, one for each service.
   *
   * @param arguments how many rounds
   */
  public static void main(String[] arguments) throws Exception {
    int rounds = Integer.parseInt(arguments[0]);
    Path directory = Files.createTempDirectory("cold-start");
    Map<String, ServiceImage> images = ServiceImage.unpackAll(directory.resolve("images"));
    for (ServiceImage image : images.values()) {
      // What stands there comes after a variant's options, and would win.
      Files.writeString(image.workingDirectory().resolve("service.options"), "");
    }
    try (ColdDelta delta = new ColdDelta(directory)) {
      ColdStart measurement = new ColdStart(images, delta);
      measurement.archiveClasses();
      measurement.measure(rounds);
    }
  }

  /** Makes archives from what a start and a run load. */
  private void archiveClasses() throws Exception {
    Map<String, Launch> training = new LinkedHashMap<>();
    images.forEach((service, image) -> training.put(service, ClassArchive.training(image)));
    delta.carry(training);
    for (ServiceImage image : images.values()) {
      ClassArchive.make(image, List.of(ServedFunction.JAVA.toString()));
    }
  }

  private void measure(int rounds) throws Exception {
    Map<String, String> variants = new LinkedHashMap<>();
    variants.put("as it comes", "");
    variants.put("first compiler only", QUICK);
    variants.put("class archive", ClassArchive.USE);
    variants.put("both", ClassArchive.USE + " " + QUICK);
    Map<String, List<Map<String, ColdStartSample>>> byService = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      List<String> order = new ArrayList<>(variants.keySet());
      Collections.rotate(order, round);
      for (Map.Entry<String, Map<String, ColdStartSample>> of : round(variants, order).entrySet()) {
        byService.computeIfAbsent(of.getKey(), service -> new ArrayList<>()).add(of.getValue());
      }
      System.err.printf("round %d of %d%n", round + 1, rounds);
    }
    byService.forEach(
        (service, all) ->
            System.out.println(
                "\n" + service + "\n\n" + ColdStartTable.of(List.copyOf(variants.keySet()), all)));
  }

  /** One delta for each variant; answers by service what each variant took. */
  private Map<String, Map<String, ColdStartSample>> round(
      Map<String, String> variants, List<String> order) throws Exception {
    Map<String, Map<String, ColdStartSample>> round = new LinkedHashMap<>();
    for (String variant : order) {
      String options = Objects.requireNonNull(variants.get(variant), variant);
      Map<String, Launch> launches = new LinkedHashMap<>();
      images.forEach(
          (service, image) -> launches.put(service, image.launch().withJavaOptions(options)));
      delta
          .carry(launches)
          .forEach(
              (service, sample) ->
                  round
                      .computeIfAbsent(service, any -> new LinkedHashMap<>())
                      .put(variant, sample));
    }
    return round;
  }
}
