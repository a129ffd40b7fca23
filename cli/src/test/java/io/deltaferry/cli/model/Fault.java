package io.deltaferry.cli.model;

/**
 * What befalls a delivery.
 *
 * @param call at which of the handler's calls to a port, from 1; a handler that makes fewer is
 *     spared
 * @param actions how many of the history's next actions pass before a held handler goes on
 */
record Fault(Kind kind, int call, int actions) {
  static final Fault NONE = new Fault(Kind.NONE, 0, 0);

  /** The kinds, and how a history tells of them. */
  enum Kind {
    NONE(""),
    CRASH_BEFORE("crash before"),
    CRASH_AFTER("crash after"),
    ERROR_BEFORE("error instead of"),
    ERROR_AFTER("error after"),
    HOLD("hold before");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  @Override
  public String toString() {
    return switch (kind) {
      case NONE -> "";
      case HOLD -> ", %s call %d for %d actions".formatted(kind.words, call, actions);
      case CRASH_BEFORE, CRASH_AFTER, ERROR_BEFORE, ERROR_AFTER ->
          ", %s call %d".formatted(kind.words, call);
    };
  }

  String words() {
    return kind.words;
  }
}
