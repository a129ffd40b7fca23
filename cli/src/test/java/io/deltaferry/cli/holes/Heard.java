package io.deltaferry.cli.holes;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import org.slf4j.LoggerFactory;

/**
 * All that is logged meanwhile, by whichever logger, however fine; but for what the database server
 * says in its own log, which a test's server writes into ours.
 */
final class Heard implements AutoCloseable {
  private static final Logger ROOT =
      (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private static final java.util.logging.Logger DRIVERS = LogManager.getLogManager().getLogger("");

  private static final String SERVER = "io.zonky.";

  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  private final List<Appender<ILoggingEvent>> others = new ArrayList<>();
  private final Level level = ROOT.getLevel();
  private final java.util.logging.Level driversLevel = DRIVERS.getLevel();
  private final Lines appender = new Lines();
  private final Records handler = new Records();

  Heard() {
    ROOT.iteratorForAppenders().forEachRemaining(others::add);
    others.forEach(ROOT::detachAppender);
    appender.start();
    ROOT.addAppender(appender);
    ROOT.setLevel(Level.TRACE);
    handler.setLevel(java.util.logging.Level.ALL);
    DRIVERS.addHandler(handler);
    DRIVERS.setLevel(java.util.logging.Level.FINE);
  }

  String text() {
    synchronized (lines) {
      return String.join("\n", lines);
    }
  }

  @Override
  public void close() {
    DRIVERS.removeHandler(handler);
    DRIVERS.setLevel(driversLevel);
    ROOT.detachAppender(appender);
    ROOT.setLevel(level);
    others.forEach(ROOT::addAppender);
  }

  private final class Lines extends AppenderBase<ILoggingEvent> {
    @Override
    protected void append(ILoggingEvent event) {
      if (event.getLoggerName().startsWith(SERVER)) {
        return;
      }
      String thrown =
          event.getThrowableProxy() == null
              ? ""
              : ThrowableProxyUtil.asString(event.getThrowableProxy());
      lines.add(event.getFormattedMessage() + event.getKeyValuePairs() + thrown);
    }
  }

  private final class Records extends Handler {
    @Override
    public void publish(LogRecord event) {
      lines.add(event.getMessage() + List.of(parameters(event)) + event.getThrown());
    }

    private static Object[] parameters(LogRecord event) {
      Object[] given = event.getParameters();
      return given == null ? new Object[0] : Arrays.stream(given).map(String::valueOf).toArray();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
