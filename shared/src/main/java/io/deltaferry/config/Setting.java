package io.deltaferry.config;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** One text value of a file, with the place it stands at and its {@code ${NAME}}s replaced. */
public final class Setting {
  private static final int SHOWN_LETTERS = 60;

  private final Place place;
  private final String written;
  private final String value;

  Setting(Place place, String written, String value) {
    this.place = place;
    this.written = written;
    this.value = value;
  }

  /** The value after substitution: it may be a secret, so it never goes into a message. */
  public String value() {
    return value;
  }

  /** Whether the environment supplied any of the value. */
  public boolean substituted() {
    return !written.equals(value);
  }

  /** Notes a problem that shows the value as it is written in the file. */
  public void refuse(String what) {
    place.problem(shown() + " " + what);
  }

  /**
   * The value, read by a parser.
   *
   * @param parser throws IllegalArgumentException whose message goes on after the value, such as
   *     "is not a number", and never repeats it
   * @return empty after noting a problem
   */
  public <T> Optional<T> as(Function<String, T> parser) {
    return parsed(parser, this::refuse);
  }

  /** As {@link #as}, but a problem does not show the value, which may hold a secret. */
  public <T> Optional<T> asHidden(Function<String, T> parser) {
    return parsed(parser, place::problem);
  }

  private <T> Optional<T> parsed(Function<String, T> parser, Consumer<String> refusal) {
    try {
      return Optional.of(parser.apply(value));
    } catch (IllegalArgumentException refused) {
      refusal.accept(String.valueOf(refused.getMessage()));
      return Optional.empty();
    }
  }

  private String shown() {
    String line = written.replaceAll("\\R", " ");
    boolean fits = line.codePointCount(0, line.length()) <= SHOWN_LETTERS;
    String cut = fits ? line : line.substring(0, line.offsetByCodePoints(0, SHOWN_LETTERS)) + "..";
    return "'" + cut + "'";
  }
}
