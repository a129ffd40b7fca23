package io.deltaferry.message;

import io.deltaferry.table.SyncMode;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a table to be brought up to date.
 *
 * @param table a name of the table file
 * @param mode null means the table's own
 * @param requestId names the request across re-deliveries; null means that the message's id does
 * @param options what else it says
 */
public record ExtractRequest(
    String table, @Nullable SyncMode mode, @Nullable String requestId, RunOptions options) {
  /** What a request asks for that says nothing of it. */
  public static final String USUAL = SyncMode.INCREMENTAL.word();

  private static final Pattern TICK = Pattern.compile("tick-[0-9]+(-[a-z_]+)?");

  /** A request that says nothing else. */
  public ExtractRequest(String table, @Nullable SyncMode mode, @Nullable String requestId) {
    this(table, mode, requestId, RunOptions.NONE);
  }

  /**
   * What is asked for, whoever asks: requests of one table with one such text are equal. One run is
   * not the answer to a request for a backfill, so that no two of them are equal but ticks, whose
   * answer nobody waits for.
   */
  public String asksFor() {
    StringBuilder text = new StringBuilder(mode == null ? USUAL : mode.word());
    options
        .texts()
        .forEach((name, value) -> text.append(' ').append(name).append('=').append(value));
    if (mode == SyncMode.BACKFILL && !isTick()) {
      text.append(" request=").append(requestId);
    }
    return text.toString();
  }

  /** Names a scheduler's request after its tick; a later tick has the greater name. */
  public static String tickId(Instant tick) {
    return "tick-" + tick.getEpochSecond();
  }

  /** The same of one that asks for a mode, which another schedule may do at the same minute. */
  static String tickId(Instant tick, @Nullable SyncMode mode) {
    return mode == null ? tickId(tick) : tickId(tick) + "-" + mode.word();
  }

  /** Whether a scheduler's tick asks. */
  public boolean isTick() {
    return requestId != null && isTick(requestId);
  }

  /** Whether that is the name of one. */
  public static boolean isTick(String requestId) {
    return TICK.matcher(requestId).matches();
  }
}
