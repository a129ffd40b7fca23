package io.deltaferry.table;

import io.deltaferry.config.Section;
import io.deltaferry.config.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a table's target is to look like; only one that Deltaferry makes comes to look so.
 *
 * @param partitionBy null for no partitions
 * @param clusterBy null for the key's columns, as far as BigQuery clusters by them
 * @param requirePartitionFilter whether whoever reads it has to say which partitions
 * @param labels besides Deltaferry's own
 * @param descriptions whether PostgreSQL's comments become descriptions
 */
public record TargetShape(
    @Nullable Partitioning partitionBy,
    @Nullable List<String> clusterBy,
    boolean requirePartitionFilter,
    Map<String, String> labels,
    boolean descriptions) {
  public static final TargetShape BUILT_IN = new TargetShape(null, null, false, Map.of(), false);

  /** More, and BigQuery refuses the table. */
  public static final int MOST_CLUSTERED = 4;

  private static final Pattern LABEL = Pattern.compile("[a-z][a-z0-9_-]{0,62}");
  private static final Pattern LABEL_VALUE = Pattern.compile("[a-z0-9_-]{0,63}");
  private static final Set<String> OUR_LABELS = Set.of("managed_by", "deltaferry_run");
  private static final String NONE = "none";

  public TargetShape {
    clusterBy = clusterBy == null ? null : List.copyOf(clusterBy);
    labels = Map.copyOf(labels);
  }

  /** The settings of one table. */
  static TargetShape read(Section section) {
    TargetShape shape =
        new TargetShape(
            PartitioningReader.read(section).orElse(null),
            clusterBy(section),
            yes(section, "require_partition_filter"),
            labels(section),
            yes(section, "descriptions"));
    if (shape.requirePartitionFilter && !section.has("partition_by")) {
      section.problem("require_partition_filter", "needs 'partition_by'");
    }
    return shape;
  }

  private static boolean yes(Section section, String key) {
    return section.text(key).flatMap(Words::yesOrNo).orElse(false);
  }

  private static @Nullable List<String> clusterBy(Section section) {
    if (!section.has("cluster_by")) {
      return null;
    }
    if (!section.holdsList("cluster_by")) {
      section
          .text("cluster_by")
          .filter(word -> !word.value().equals(NONE))
          .ifPresent(word -> word.refuse("is neither a list of columns nor " + NONE));
      return List.of();
    }
    List<String> columns = ColumnNames.list(section, "cluster_by");
    if (columns.size() > MOST_CLUSTERED) {
      section.problem(
          "cluster_by",
          "has %d columns; BigQuery clusters by at most %d"
              .formatted(columns.size(), MOST_CLUSTERED));
    }
    return columns;
  }

  private static Map<String, String> labels(Section section) {
    Map<String, String> labels = new LinkedHashMap<>();
    section
        .section("labels")
        .ifPresent(
            given ->
                given
                    .keys()
                    .forEach(key -> label(given, key).ifPresent(value -> labels.put(key, value))));
    return labels;
  }

  private static Optional<String> label(Section given, String key) {
    if (!LABEL.matcher(key).matches()) {
      given.problem(key, "is no label: lower-case letters, digits, _ and -, at most 63");
    } else if (OUR_LABELS.contains(key)) {
      given.problem(key, "is a label that Deltaferry sets itself");
    }
    Optional<Setting> value = given.text(key);
    value
        .filter(text -> !LABEL_VALUE.matcher(text.value()).matches())
        .ifPresent(
            text ->
                text.refuse(
                    "is no label's value: lower-case letters, digits, _ and -, at most 63"));
    return value.map(Setting::value);
  }

  /** Every column that the shape names. */
  List<String> columns() {
    List<String> columns = new ArrayList<>();
    if (partitionBy != null && partitionBy.column() != null) {
      columns.add(partitionBy.column());
    }
    if (clusterBy != null) {
      columns.addAll(clusterBy);
    }
    return columns;
  }
}
