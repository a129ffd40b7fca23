package io.deltaferry.cli.image;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** The rounds of a measurement as a table in Markdown. */
final class ColdStartTable {
  /** What there is to compare. */
  private record Measure(String title, ToDoubleFunction<ColdStartSample> of) {}

  private static final List<Measure> MEASURES =
      List.of(
          new Measure("ready, ms", ColdStartSample::readyMillis),
          new Measure("first message handled, ms", ColdStartSample::handledMillis),
          new Measure("processor time, ms", ColdStartSample::processorMillis),
          new Measure("peak memory, MB", ColdStartSample::peakMegabytes));

  private ColdStartTable() {}

  /**
   * A line for each variant and measure.
   *
   * @param variants the first is what the others are compared with, round by round
   */
  static String of(List<String> variants, List<Map<String, ColdStartSample>> rounds) {
    StringBuilder table =
        new StringBuilder(
            "| | variant | median | min | max | ratio |\n|---|---|---|---|---|---|\n");
    for (Measure measure : MEASURES) {
      for (String variant : variants) {
        double[] values = values(measure, variant, rounds);
        double[] first = values(measure, variants.get(0), rounds);
        double[] ratios = new double[values.length];
        Arrays.setAll(ratios, round -> values[round] / first[round]);
        table.append(
            String.format(
                Locale.ROOT,
                "| %s | %s | %.0f | %.0f | %.0f | %.2f |%n",
                measure.title,
                variant,
                median(values),
                DoubleStream.of(values).min().orElseThrow(),
                DoubleStream.of(values).max().orElseThrow(),
                median(ratios)));
      }
    }
    return table.toString();
  }

  private static double[] values(
      Measure measure, String variant, List<Map<String, ColdStartSample>> rounds) {
    return rounds.stream()
        .mapToDouble(
            round -> measure.of.applyAsDouble(Objects.requireNonNull(round.get(variant), variant)))
        .toArray();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
