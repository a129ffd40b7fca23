package io.deltaferry.localgcp.pubsub;

/** Where facts are kept beyond the process; thread-safe. */
interface Journal extends AutoCloseable {
  /** Returns once the operating system has the entry, so that a killed process loses nothing. */
  void append(JournalEntry entry);

  @Override
  void close();

  /** Keeps nothing. */
  static Journal none() {
    return new Journal() {
      @Override
      public void append(JournalEntry entry) {}

      @Override
      public void close() {}
    };
  }
}
