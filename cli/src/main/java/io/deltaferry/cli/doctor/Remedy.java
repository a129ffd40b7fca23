package io.deltaferry.cli.doctor;

/**
 * What mends a finding, with the real names filled in.
 *
 * @param text one line
 */
public record Remedy(Kind kind, String text) {
  /** Where it is typed. */
  public enum Kind {
    SHELL("$ "),
    SQL("sql> "),
    ADVICE("-> ");

    private final String prompt;

    Kind(String prompt) {
      this.prompt = prompt;
    }

    String prompt() {
      return prompt;
    }
  }

  /** A command of a shell. */
  public static Remedy shell(String command) {
    return new Remedy(Kind.SHELL, command);
  }

  /** A statement for psql, with its semicolon. */
  public static Remedy sql(String statement) {
    return new Remedy(Kind.SQL, statement);
  }

  /** What no single command does. */
  public static Remedy advice(String sentence) {
    return new Remedy(Kind.ADVICE, sentence);
  }

  String line() {
    return kind.prompt() + text;
  }
}
