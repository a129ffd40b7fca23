package io.deltaferry.cli.doctor;

import java.util.Locale;

/** How one thing stands. */
public enum State {
  /** It is there and as it must be. */
  OK,
  /** It works, but something may go wrong one day. */
  WARNING,
  /** It is not there, or not as it must be. */
  MISSING,
  /** Nobody looked: it cannot be seen from here, or depends on something that is missing. */
  NOT_CHECKED;

  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
