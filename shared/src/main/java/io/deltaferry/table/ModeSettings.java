package io.deltaferry.table;

import io.deltaferry.config.Section;
import io.deltaferry.config.Setting;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the runs of a table do.
 *
 * @param mode of a request that names none
 * @param window length of the window that such a request means; null without mode window
 * @param fuzzy whether a copy of all rows may be read slice by slice, each row as of some moment of
 *     the run, where no later increment brings what changed meanwhile
 * @param backfill how the history is filled
 * @param changeLog what tells of changes; null without mode change_log
 */
public record ModeSettings(
    SyncMode mode,
    @Nullable Duration window,
    boolean fuzzy,
    BackfillSettings backfill,
    @Nullable ChangeLog changeLog) {
  static final ModeSettings BUILT_IN =
      new ModeSettings(SyncMode.INCREMENTAL, null, false, BackfillSettings.BUILT_IN, null);

  /** The settings of the section, each falling back to the given ones. */
  static ModeSettings read(Section section, ModeSettings fallback) {
    return new ModeSettings(
        section.text("mode").flatMap(Words::mode).orElse(fallback.mode),
        section.text("window").flatMap(ModeSettings::window).orElse(fallback.window),
        section.text("fuzzy").flatMap(Words::yesOrNo).orElse(fallback.fuzzy),
        BackfillSettings.read(section, fallback.backfill),
        ChangeLogReader.read(section));
  }

  private static Optional<Duration> window(Setting setting) {
    Optional<Duration> window = TableSettings.duration(setting);
    if (window.isPresent() && window.get().isZero()) {
      setting.refuse("is a window without rows; give the time between two runs at least");
    }
    return window;
  }
}
