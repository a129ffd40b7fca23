package io.deltaferry.cli.doctor;

import java.io.Serial;

/** A look that cannot be taken before something else is mended; that has a line of its own. */
public final class NotCheckedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * @param why what the look needs
   */
  public NotCheckedException(String why) {
    super(why);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
