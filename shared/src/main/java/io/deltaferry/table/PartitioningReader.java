package io.deltaferry.table;

import io.deltaferry.config.Section;
import io.deltaferry.config.Setting;
import io.deltaferry.config.WholeNumberText;
import io.deltaferry.table.Partitioning.Granularity;
import io.deltaferry.table.Partitioning.Range;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** Reads {@code partition_by}: a column, or a group that says more. */
final class PartitioningReader {
  private static final String KEY = "partition_by";
  private static final List<String> KEYS =
      List.of("column", "granularity", "start", "end", "interval");

  /** Of one table; rows beyond them share one partition. */
  private static final BigInteger MOST_PARTITIONS = BigInteger.valueOf(10_000);

  private PartitioningReader() {}

  static Optional<Partitioning> read(Section section) {
    if (!section.holdsSection(KEY)) {
      return section.text(KEY).flatMap(ColumnNames::one).map(Partitioning::daily);
    }
    return section.section(KEY).flatMap(PartitioningReader::group);
  }

  private static Optional<Partitioning> group(Section group) {
    group.refuseOthers(KEYS);
    Optional<String> column =
        group
            .requiredText("column", "name the column by which the target is partitioned")
            .flatMap(ColumnNames::one);
    boolean range = group.has("start") || group.has("end") || group.has("interval");
    if (range && group.has("granularity")) {
      group.problem("granularity", "is of times, start, end and interval are of numbers");
    }
    Optional<Range> numbers = range ? range(group) : Optional.empty();
    if (range) {
      return numbers.flatMap(known -> column.map(name -> new Partitioning(name, null, known)));
    }
    Granularity granularity =
        group
            .text("granularity")
            .flatMap(setting -> Words.oneOf(setting, Granularity.values()))
            .orElse(Granularity.DAY);
    return column.map(name -> new Partitioning(name, granularity, null));
  }

  private static Optional<Range> range(Section group) {
    Optional<Long> start = number(group, "start");
    Optional<Long> end = number(group, "end");
    Optional<Long> interval = number(group, "interval");
    if (start.isEmpty() || end.isEmpty() || interval.isEmpty()) {
      return Optional.empty();
    }
    Range range = new Range(start.get(), end.get(), interval.get());
    if (range.interval() < 1 || range.end() <= range.start()) {
      group.problem("has no partition: 'end' is above 'start', and 'interval' is 1 or more");
    } else if (partitions(range).compareTo(MOST_PARTITIONS) > 0) {
      group.problem(
          "has more than %d partitions, which BigQuery refuses; make 'interval' wider"
              .formatted(MOST_PARTITIONS));
    }
    return Optional.of(range);
  }

  /** The last one may be shorter; from end to end there are more numbers than a long holds. */
  private static BigInteger partitions(Range range) {
    BigInteger numbers =
        BigInteger.valueOf(range.end()).subtract(BigInteger.valueOf(range.start()));
    BigInteger interval = BigInteger.valueOf(range.interval());
    return numbers.add(interval).subtract(BigInteger.ONE).divide(interval);
  }

  private static Optional<Long> number(Section group, String key) {
    Optional<Setting> text = group.requiredText(key, "ranges have a start, an end and an interval");
    return text.flatMap(setting -> setting.as(WholeNumberText::parseLong));
  }
}
