package io.deltaferry.run;

import io.deltaferry.sql.Statement;
import io.deltaferry.table.NewTable;
import io.deltaferry.table.TableRef;
import io.deltaferry.table.WarehouseColumn;
import io.deltaferry.table.WarehouseTable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * BigQuery as the stages need it. All methods throw {@link
 * io.deltaferry.error.DeltaferryException}: WAREHOUSE_UNAVAILABLE for what may heal (403 and
 * notFound included, since grants and metadata propagate late), WAREHOUSE_REFUSED for what a job
 * refuses for its content, WAREHOUSE_JOB_RUNNING for a job that outlasts the handler's budget.
 */
public interface Warehouse {
  Optional<WarehouseTable> describe(TableRef table);

  /** Creates the table unless one of that name exists; true when this call created it. */
  boolean create(NewTable table);

  /**
   * Creates a table that may take another's place: partitions, clustering, labels and descriptions
   * are the other's, the columns are these. Nothing happens where one of that name exists.
   *
   * @param expires when BigQuery drops it by itself
   */
  void createLike(TableRef like, TableRef table, List<WarehouseColumn> columns, Instant expires);

  /**
   * Puts the rows and columns of a table in the place of another's, which has to exist, with one
   * atomic job: whoever reads sees what was there before or what is there after.
   *
   * @param name the work's name, from which predictable job ids are made
   */
  void copyOver(String name, TableRef from, TableRef to);

  /** Drops the table; a missing one is fine. */
  void drop(TableRef table);

  /**
   * Loads gzip CSV parts, whose headers name the columns, into an existing empty table with one
   * atomic job. A job of that name that already exists is looked at instead of repeated.
   *
   * @param name the work's name, from which predictable job ids are made
   * @return rows the job wrote
   */
  long loadCsv(String name, NewTable target, List<String> uris);

  /** Runs a statement that reads; each row is a map from column name to text or null. */
  List<Map<String, @Nullable String>> query(Statement statement);

  /** What a statement would read in BigQuery, in bytes; it is looked at and not run. */
  long dryRun(Statement statement);

  /**
   * Runs a script under a name, at most once in effect.
   *
   * @param name the work's name, from which predictable job ids are made
   */
  void runScript(String name, Statement script);
}
