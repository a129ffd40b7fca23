package io.deltaferry.cli.doctor.database;

import io.deltaferry.cli.doctor.NotCheckedException;
import io.deltaferry.gcp.SecretVersions;
import io.deltaferry.postgres.PostgresSession;
import io.deltaferry.postgres.PostgresSource;
import io.deltaferry.table.SourceConfig;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sessions that checks share, each used by one at a time. A login that failed is not tried again:
 * servers lock out who knocks too often.
 */
public final class SourceSessions implements AutoCloseable {
  private final SourceConfig config;
  private final Duration statementTimeout;
  private final Deque<PostgresSession> idle = new ArrayDeque<>();
  private @Nullable PostgresSource source;
  private @Nullable RuntimeException refused;
  private boolean closed;

  /**
   * Connects to nothing yet.
   *
   * @param statementTimeout of each statement that a check runs
   */
  public SourceSessions(SourceConfig config, Duration statementTimeout) {
    this.config = config;
    this.statementTimeout = statementTimeout;
  }

  /** Of a database whose login is not known here. */
  public static SourceSessions unknown(SourceConfig config, String why) {
    SourceSessions sessions = new SourceSessions(config, Duration.ZERO);
    sessions.refused = new NotCheckedException(why);
    return sessions;
  }

  SourceConfig config() {
    return config;
  }

  /**
   * Asks the database something.
   *
   * @throws NotCheckedException when there is no session; the login has a line of its own
   */
  <T> T ask(Function<PostgresSession, T> question) {
    PostgresSession session = session();
    T answer;
    try {
      answer = question.apply(session);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
    giveBack(session);
    return answer;
  }

  /**
   * As {@link #ask}, for what leaves a session in a state that nobody else can use.
   *
   * @throws NotCheckedException when there is no session
   */
  <T> T askOnce(Function<PostgresSession, T> question) {
    try (PostgresSession session = session()) {
      return question.apply(session);
    }
  }

  private PostgresSession session() {
    try {
      return login();
    } catch (NotCheckedException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new NotCheckedException("there is no session on the database");
    }
  }

  /**
   * A session, to be given back.
   *
   * @throws RuntimeException why nobody can log in, always the first reason
   */
  synchronized PostgresSession login() {
    if (refused != null) {
      throw refused;
    }
    PostgresSession known = idle.poll();
    if (known != null) {
      return known;
    }
    try {
      if (source == null) {
        source = new PostgresSource(config, SecretVersions.resolve(config.password()));
      }
      return source.open(statementTimeout);
    } catch (RuntimeException e) {
      refused = e;
      throw e;
    }
  }

  synchronized void giveBack(PostgresSession session) {
    if (closed) {
      session.close();
    } else {
      idle.push(session);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    idle.forEach(PostgresSession::close);
    idle.clear();
  }
}
