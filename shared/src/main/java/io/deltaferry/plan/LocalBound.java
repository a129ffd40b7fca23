package io.deltaferry.plan;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;

/** A moment as the clocks of a zone show it. */
final class LocalBound {
  private LocalBound() {}

  /**
   * The smallest local time that is shown at this moment or at any later one. Clocks that are about
   * to be set back will show times again, which lie below those of now.
   */
  static LocalDateTime of(Instant bound, ZoneId zone) {
    LocalDateTime now = LocalDateTime.ofInstant(bound, zone);
    ZoneOffsetTransition next = zone.getRules().nextTransition(bound);
    return next != null && next.getDateTimeAfter().isBefore(now) ? next.getDateTimeAfter() : now;
  }
}
