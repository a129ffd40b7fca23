package io.deltaferry.cli.chaos;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deltaferry.cli.query.TextTable;
import io.deltaferry.localgcp.pubsub.DeliveryFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What happened and what became of it, for people and for programs.
 *
 * @param faults by way and kind
 * @param deliveries that went wrong, by kind
 * @param oldMessages published again when their runs were over
 * @param watermarks by reason
 * @param places how many kinds happened at how many steps, together
 * @param never what might have happened and did not
 */
record ChaosSummary(
    long seed,
    long seconds,
    int kills,
    Map<String, Map<Fault, Integer>> faults,
    Map<DeliveryFaults.Kind, Integer> deliveries,
    int oldMessages,
    int preparedTransactions,
    List<String> watermarks,
    List<ChaosReport> tables,
    int places,
    List<String> never) {
  private static final Path DIRECTORY = Path.of("target", "chaos");

  /** So many lines are read; the files have all. */
  private static final int READ = 12;

  ChaosSummary {
    faults = Map.copyOf(faults);
    deliveries = Map.copyOf(deliveries);
    watermarks = List.copyOf(watermarks);
    tables = List.copyOf(tables);
    never = List.copyOf(never);
  }

  /** Says it, and writes it down. */
  void tell() throws IOException {
    Files.createDirectories(DIRECTORY);
    Files.writeString(DIRECTORY.resolve("report.txt"), text(never.size()));
    Files.writeString(
        DIRECTORY.resolve("report.json"),
        JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build()
            .writeValueAsString(this));
    System.out.println(text(READ));
  }

  private String text(int neverLines) {
    List<String> lines = new ArrayList<>();
    lines.add("ChaosIT: %d s with -Dchaos.seed=%d".formatted(seconds, seed));
    lines.addAll(faultTable());
    lines.add(
        "deliveries %s, %d old messages, %d kills, %d prepared transactions"
            .formatted(deliveries, oldMessages, kills, preparedTransactions));
    lines.add("watermarks by reason, runs, rows read again: " + watermarks);
    lines.addAll(resultTable());
    lines.add(
        "%d of %d faults happened at least once; never:".formatted(places, places + never.size()));
    never.stream().limit(neverLines).forEach(one -> lines.add("  " + one));
    if (never.size() > neverLines) {
      lines.add("  and more, in " + DIRECTORY);
    }
    return String.join("\n", lines) + "\n";
  }

  private List<String> faultTable() {
    List<String> kinds = Stream.of(Fault.values()).map(Fault::name).toList();
    TextTable table = table("faults", kinds);
    faults.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            way ->
                table.add(
                    row(
                        way.getKey(),
                        Stream.of(Fault.values())
                            .map(fault -> way.getValue().getOrDefault(fault, 0))
                            .toList())));
    return table.lines();
  }

  private List<String> resultTable() {
    TextTable table =
        table(
            "table",
            List.of(
                "runs",
                "written",
                "rows",
                "lost",
                "invented",
                "doubled",
                "false successes",
                "failed"));
    tables.forEach(one -> table.add(row(one.table(), one.numbers())));
    return table.lines();
  }

  private static TextTable table(String what, List<String> numbers) {
    List<Boolean> right = new ArrayList<>(Collections.nCopies(numbers.size() + 1, true));
    right.set(0, false);
    return new TextTable(Stream.concat(Stream.of(what), numbers.stream()).toList(), right);
  }

  private static List<String> row(String what, List<? extends Number> numbers) {
    return Stream.concat(Stream.of(what), numbers.stream().map("%,d"::formatted)).toList();
  }
}
