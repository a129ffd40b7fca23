package io.deltaferry.table;

import io.deltaferry.config.ByteSizeText;
import io.deltaferry.config.DurationText;
import io.deltaferry.config.Section;
import io.deltaferry.config.Setting;
import io.deltaferry.config.WholeNumberText;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a table may set for itself, the file for all its tables, and the product for all files. */
record TableSettings(
    @Nullable String cursor,
    ModeSettings modes,
    int priority,
    @Nullable String schedule,
    Duration lateness,
    BoundSettings bound,
    UnknownTypes unknownTypes,
    long partBytes,
    long sliceRows,
    int parallelSlices,
    ExtractIn extractIn,
    Duration runExpiry,
    @Nullable Duration maxLag,
    DriftSettings drift,
    @Nullable String runIdColumn,
    ReconcileSettings reconcile,
    boolean view) {

  static final TableSettings BUILT_IN =
      new TableSettings(
          null,
          ModeSettings.BUILT_IN,
          0,
          null,
          Duration.ofMinutes(15),
          BoundSettings.BUILT_IN,
          UnknownTypes.FAIL,
          64L << 20,
          250_000,
          4,
          ExtractIn.SERVICE,
          Duration.ofHours(1),
          null,
          DriftSettings.BUILT_IN,
          null,
          ReconcileSettings.BUILT_IN,
          false);

  /** Fewer, and a slice would cost more than its rows. */
  private static final long MIN_SLICE_ROWS = 100;

  private static final int MAX_PARALLEL = 100;

  private static final String NONE = "none";

  private static final long MIN_PART_BYTES = 1L << 10;

  /** BigQuery loads no larger compressed file. */
  private static final long MAX_PART_BYTES = 4_000_000_000L;

  /** The settings of the section, each falling back to the given ones. */
  static TableSettings read(Section section, TableSettings fallback) {
    return new TableSettings(
        section.text("cursor").flatMap(ColumnNames::one).orElse(fallback.cursor),
        ModeSettings.read(section, fallback.modes),
        section
            .text("priority")
            .flatMap(priority -> priority.as(WholeNumberText::parse))
            .orElse(fallback.priority),
        section.text("schedule").flatMap(TableSettings::cron).orElse(fallback.schedule),
        section.text("lateness").flatMap(TableSettings::duration).orElse(fallback.lateness),
        BoundSettings.read(section, fallback.bound),
        section.text("unknown_types").flatMap(Words::unknownTypes).orElse(fallback.unknownTypes),
        section.text("part_bytes").flatMap(TableSettings::partBytes).orElse(fallback.partBytes),
        section.text("slice_rows").flatMap(TableSettings::sliceRows).orElse(fallback.sliceRows),
        section
            .text("parallel_slices")
            .flatMap(TableSettings::parallel)
            .orElse(fallback.parallelSlices),
        section.text("extract_in").flatMap(Words::extractIn).orElse(fallback.extractIn),
        section.text("run_expiry").flatMap(TableSettings::expiry).orElse(fallback.runExpiry),
        maxLag(section, fallback),
        DriftSettings.read(section, fallback.drift),
        runIdColumn(section, fallback),
        ReconcileSettings.read(section, fallback.reconcile),
        section.text("view").flatMap(Words::yesOrNo).orElse(fallback.view));
  }

  private static Optional<Long> sliceRows(Setting setting) {
    Optional<Long> rows = setting.as(WholeNumberText::parseLong);
    if (rows.isPresent() && rows.get() < MIN_SLICE_ROWS) {
      setting.refuse("is no size of a slice; give at least " + MIN_SLICE_ROWS);
    }
    return rows;
  }

  private static Optional<Integer> parallel(Setting setting) {
    Optional<Integer> slices = setting.as(WholeNumberText::parse);
    if (slices.isPresent() && (slices.get() < 1 || slices.get() > MAX_PARALLEL)) {
      setting.refuse("is out of range; a run reads 1 to " + MAX_PARALLEL + " slices at a time");
    }
    return slices;
  }

  private static Optional<String> cron(Setting setting) {
    return setting.as(CronSchedule::parse).map(CronSchedule::toString);
  }

  static Optional<Duration> duration(Setting setting) {
    return setting.as(DurationText::parse);
  }

  private static Optional<Duration> expiry(Setting setting) {
    Optional<Duration> expiry = duration(setting);
    if (expiry.isPresent() && expiry.get().isZero()) {
      setting.refuse("would count every run as abandoned at once; give at least 1s");
    }
    return expiry;
  }

  /** Null where nobody is to be told, whatever the defaults say. */
  private static @Nullable Duration maxLag(Section section, TableSettings fallback) {
    Setting setting = section.text("max_lag").orElse(null);
    if (setting == null) {
      return fallback.maxLag;
    }
    if (setting.value().equals(NONE)) {
      return null;
    }
    Optional<Duration> lag = duration(setting);
    if (lag.isPresent() && lag.get().isZero()) {
      setting.refuse("is a lag that no table can keep; give at least 1s, or " + NONE);
    }
    return lag.orElse(null);
  }

  /** Null where there is to be none, whatever the defaults say. */
  private static @Nullable String runIdColumn(Section section, TableSettings fallback) {
    return section
        .text("run_id_column")
        .flatMap(setting -> setting.as(TargetColumns::runId))
        .map(Optional::of)
        .orElse(Optional.ofNullable(fallback.runIdColumn))
        .filter(name -> !name.equals(NONE))
        .orElse(null);
  }

  private static Optional<Long> partBytes(Setting setting) {
    Optional<Long> size = setting.as(ByteSizeText::parse);
    if (size.isPresent() && (size.get() < MIN_PART_BYTES || size.get() > MAX_PART_BYTES)) {
      setting.refuse("is out of range; parts have 1KiB to 4GB");
    }
    return size;
  }
}
