package io.deltaferry.cli;

import io.deltaferry.cli.sync.ProgressView;
import io.deltaferry.cli.sync.Stage;
import io.deltaferry.cli.sync.SyncReport;
import io.deltaferry.cli.sync.TableProgress;
import java.io.PrintWriter;
import java.util.List;

/**
 * What a command that follows requests shows while it waits, and in the end.
 *
 * @param json objects go to {@code out}, in the end; everything else to {@code err}
 */
record FollowView(PrintWriter out, PrintWriter err, boolean json) {
  ProgressView progress() {
    return json ? new ProgressView(err, false) : new ProgressView(out, Terminal.isStdout());
  }

  /** Says how all of it ended; answers the exit code. */
  int report(List<TableProgress> ended) {
    if (json) {
      ended.forEach(table -> out.println(SyncReport.json(table, true)));
    } else {
      out.println(SyncReport.summary(ended));
    }
    out.flush();
    SyncReport.failures(ended).forEach(line -> err.println("deltaferry: " + line));
    err.flush();
    return ended.stream().allMatch(table -> table.stage() == Stage.DONE)
        ? ExitCode.OK
        : ExitCode.FAILED;
  }
}
