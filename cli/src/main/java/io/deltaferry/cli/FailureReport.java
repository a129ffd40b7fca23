package io.deltaferry.cli;

import com.google.cloud.BaseServiceException;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import java.net.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what a command throws into one line for a person and an exit code. */
final class FailureReport implements IExecutionExceptionHandler {
  private static final Logger log = LoggerFactory.getLogger(FailureReport.class);

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult parseResult) {
    command.getErr().println("deltaferry: " + describe(failure));
    log.debug("{} failed", command.getCommandName(), failure);
    return isUsage(failure) ? ExitCode.USAGE : ExitCode.FAILED;
  }

  /** A name that was mistyped in the command line; nothing was done. */
  private static boolean isUsage(Exception failure) {
    return failure instanceof DeltaferryException known && known.code() == ErrorCode.TABLE_UNKNOWN;
  }

  static String describe(Throwable failure) {
    if (failure instanceof DeltaferryException known) {
      return known.code() + ": " + known.getMessage();
    }
    if (failure instanceof BaseServiceException google && google.getReason() != null) {
      return google.getReason() + ": " + google.getMessage();
    }
    if (failure instanceof InterruptedException) {
      return "stopped";
    }
    if (hasCause(failure, ConnectException.class)) {
      return "nothing answers at the endpoint (connection refused); is the local stack running,"
          + " and do --data-dir or the *_EMULATOR_HOST variables name it?";
    }
    Throwable cause = failure.getCause();
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    if (cause == null || cause.getMessage() == null || message.contains(cause.getMessage())) {
      return message;
    }
    return message + ": " + cause.getMessage();
  }

  private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }
}
