package io.deltaferry.cli.doctor.database;

import io.deltaferry.cli.doctor.Check;
import io.deltaferry.cli.doctor.cloud.Cloud;
import io.deltaferry.cli.doctor.cloud.Http;
import io.deltaferry.table.SyncMode;
import io.deltaferry.table.TableConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** All checks of the source database. */
public final class DatabaseChecks {
  private DatabaseChecks() {}

  /** In the order in which they are to be read. */
  public static List<Check> of(SourceSessions sessions, Cloud cloud, Clock clock) {
    List<TableConfig> tables = cloud.tables().tables();
    Duration lateness =
        tables.stream().map(TableConfig::lateness).min(Duration::compareTo).orElse(Duration.ZERO);
    List<Check> checks =
        new ArrayList<>(
            List.of(
                new LoginCheck(sessions),
                new VersionCheck(sessions),
                new ReplicaCheck(sessions, lateness),
                new TransactionsCheck(
                    sessions, lateness, tables.stream().anyMatch(table -> table.bound().strict())),
                new ClockCheck(sessions, cloud, new Http(), clock)));
    for (TableConfig table : tables) {
      checks.add(new TableReadCheck(sessions, table));
      checks.add(new TableColumnsCheck(sessions, table));
      checks.add(new TableKeyCheck(sessions, table));
      if (table.mode() == SyncMode.CHANGE_LOG) {
        checks.add(new TableLogCheck(sessions, table));
      } else {
        checks.add(new TableCursorCheck(sessions, table));
      }
    }
    return checks;
  }
}
