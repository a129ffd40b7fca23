package io.deltaferry.table;

import io.deltaferry.config.Section;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the {@code target} section. */
final class TargetReader {
  /** What BigQuery itself takes when a dataset is created without a location. */
  private static final String DEFAULT_LOCATION = "US";

  private static final int DATASETS = 3;

  private TargetReader() {}

  /** The target; where a problem was noted, its parts are empty text. */
  static TargetConfig read(Section section) {
    section.refuseOthers(TableKeys.TARGET);
    String dataset =
        section
            .requiredText("dataset", "name the dataset of the target tables")
            .flatMap(name -> name.as(CloudName::dataset))
            .orElse("");
    TargetConfig target =
        new TargetConfig(
            section
                .requiredText("project", "name the Google Cloud project")
                .flatMap(name -> name.as(CloudName::project))
                .orElse(""),
            dataset,
            dataset(section, "staging_dataset").orElse(dataset + "_staging"),
            dataset(section, "control_dataset").orElse(dataset + "_control"),
            section
                .text("location")
                .flatMap(name -> name.as(CloudName::location))
                .orElse(DEFAULT_LOCATION));
    refuseSharing(section, target);
    return target;
  }

  private static Optional<String> dataset(Section section, String key) {
    return section.text(key).flatMap(name -> name.as(CloudName::dataset));
  }

  /** Temp and control tables get grants and names that must never meet a person's tables. */
  private static void refuseSharing(Section section, TargetConfig target) {
    Set<String> different =
        new HashSet<>(List.of(target.dataset(), target.stagingDataset(), target.controlDataset()));
    if (different.size() < DATASETS) {
      section.problem("dataset, staging_dataset and control_dataset must be three datasets");
    }
  }
}
