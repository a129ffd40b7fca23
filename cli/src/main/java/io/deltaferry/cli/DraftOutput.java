package io.deltaferry.cli;

import io.deltaferry.cli.draft.TableFileDraft;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Where a table file goes that a command has written. */
final class DraftOutput {
  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Write to a new file instead of stdout; one that exists is not touched.")
  private @Nullable Path file;

  /**
   * Prints the file, or writes it; answers the exit code.
   *
   * @throws DeltaferryException SETTING_INVALID when the file exists or cannot be written
   */
  int write(CommandSpec spec, TableFileDraft draft) {
    if (file == null) {
      PrintWriter out = spec.commandLine().getOut();
      out.print(draft.text());
      out.flush();
    } else {
      write(file, draft.text());
    }
    if (draft.holdsTables()) {
      return ExitCode.OK;
    }
    spec.commandLine()
        .getErr()
        .println(
            "deltaferry: no table can be synced as it is; each is a comment that says what it needs");
    return ExitCode.FAILED;
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException exists) {
      throw new DeltaferryException(
          ErrorCode.SETTING_INVALID,
          file + ": exists; name another --output, or remove it first",
          exists);
    } catch (IOException unwritable) {
      throw new DeltaferryException(
          ErrorCode.SETTING_INVALID,
          "%s: cannot be written (%s); check the path and its permissions"
              .formatted(file, unwritable.getClass().getSimpleName()),
          unwritable);
    }
  }
}
