package io.deltaferry.cli.model;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.error.ErrorKind;
import io.deltaferry.run.Warehouse;
import io.deltaferry.sql.LedgerTables;
import io.deltaferry.sql.LedgerViews;
import io.deltaferry.sql.MaxCursor;
import io.deltaferry.sql.Statement;
import io.deltaferry.table.NewTable;
import io.deltaferry.table.TableRef;
import io.deltaferry.table.WarehouseColumn;
import io.deltaferry.table.WarehouseTable;
import io.deltaferry.type.CursorKind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Tables with rows, and jobs that are known by their names: each does its work once. */
final class WarehouseModel implements Warehouse {
  static final String CURSOR = "updated_at";

  private final Map<TableRef, Table> tables = new HashMap<>();
  private final Map<String, Long> jobs = new HashMap<>();
  private final Map<String, DeltaferryException> failed = new HashMap<>();
  private final SourceModel clock;
  private final BucketModel bucket;
  private final Sabotage sabotage;
  private final Calls calls;
  private long created;

  WarehouseModel(SourceModel clock, BucketModel bucket, Sabotage sabotage, Calls calls) {
    this.clock = clock;
    this.bucket = bucket;
    this.sabotage = sabotage;
    this.calls = calls;
    LedgerViews views = new LedgerViews(World.PROJECT, World.CONTROL);
    // An instance that finds them leaves them alone.
    create(
        new NewTable(
            views.ofStates().ref(),
            List.of(),
            Map.of(LedgerViews.DEFINITION, views.definition()),
            null,
            "views"));
  }

  /** A table and what is in it. */
  record Table(WarehouseTable table, List<Map<String, @Nullable String>> rows) {
    Table with(List<Map<String, @Nullable String>> others) {
      return new Table(table, others);
    }
  }

  /** The rows of a table, of which there may be none. */
  List<Map<String, @Nullable String>> rows(TableRef table) {
    Table found = tables.get(table);
    return found == null ? List.of() : found.rows();
  }

  @Override
  public Optional<WarehouseTable> describe(TableRef table) {
    return Optional.ofNullable(tables.get(table)).map(Table::table);
  }

  @Override
  public boolean create(NewTable table) {
    if (tables.containsKey(table.ref())) {
      return false;
    }
    created++;
    if (calls.areCounted()) {
      calls.effective();
    }
    WarehouseTable described =
        new WarehouseTable(
            table.ref(), clock.now().plusMillis(created), table.columns(), table.labels());
    tables.put(table.ref(), new Table(described, List.of()));
    return true;
  }

  @Override
  public void createLike(
      TableRef like, TableRef table, List<WarehouseColumn> columns, Instant expires) {
    throw new UnsupportedOperationException("no source of the model changes its columns");
  }

  @Override
  public void copyOver(String name, TableRef from, TableRef to) {
    throw new UnsupportedOperationException("no source of the model changes its columns");
  }

  @Override
  public void drop(TableRef table) {
    tables.remove(table);
  }

  @Override
  public long loadCsv(String name, NewTable target, List<String> uris) {
    return once(name, () -> load(target, uris));
  }

  private long load(NewTable target, List<String> uris) {
    Table table = Objects.requireNonNull(tables.get(target.ref()), "a load into no table");
    if (!table.rows().isEmpty()) {
      throw new DeltaferryException(ErrorCode.WAREHOUSE_REFUSED, "Already Exists: WRITE_EMPTY");
    }
    List<String> names = target.columns().stream().map(WarehouseColumn::name).toList();
    List<Map<String, @Nullable String>> rows = new ArrayList<>();
    long staged = 0;
    for (String uri : uris) {
      List<String> lines = bucket.content(uri.substring(uri.indexOf('/', 5) + 1)).lines().toList();
      List<String> header = Arrays.asList(lines.get(0).split(","));
      if (!header.equals(names)) {
        throw new DeltaferryException(ErrorCode.WAREHOUSE_REFUSED, header + " is not " + names);
      }
      lines.stream().skip(1).forEach(line -> rows.add(row(names, line)));
      staged += lines.size() - 1;
      if (sabotage == Sabotage.COUNTS_UNCHECKED) {
        staged += bucket.rowsTaken(uri.substring(uri.indexOf('/', 5) + 1));
      }
    }
    tables.put(target.ref(), table.with(rows));
    return staged;
  }

  private static Map<String, @Nullable String> row(List<String> names, String line) {
    String[] values = line.split(",", -1);
    Map<String, @Nullable String> row = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      row.put(names.get(i), values[i]);
    }
    return row;
  }

  @Override
  public List<Map<String, @Nullable String>> query(Statement statement) {
    for (Table table : List.copyOf(tables.values())) {
      TableRef ref = table.table().ref();
      if (statement.text().equals(LedgerTables.readState(ref).text())) {
        return table.rows().stream().map(WarehouseModel::state).toList();
      }
      Statement max = MaxCursor.of(ref, CURSOR, CursorKind.TIMESTAMPTZ);
      if (statement.text().equals(max.text())) {
        return List.of(max(table.rows()));
      }
    }
    throw new IllegalArgumentException("the model has no answer to " + statement.text());
  }

  /** The state as it is read, with a moment as a number. */
  private static Map<String, @Nullable String> state(Map<String, @Nullable String> row) {
    Map<String, @Nullable String> read = new HashMap<>(row);
    String created = row.get("target_created");
    if (created != null) {
      long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(created));
      read.put("target_created_micros", Long.toString(micros));
    }
    return read;
  }

  private static Map<String, @Nullable String> max(List<Map<String, @Nullable String>> rows) {
    Map<String, @Nullable String> row = new HashMap<>();
    row.put(
        "max_cursor",
        rows.stream().map(one -> one.get(CURSOR)).max(String::compareTo).orElse(null));
    return row;
  }

  @Override
  public long dryRun(Statement statement) {
    throw new UnsupportedOperationException("no trial is played");
  }

  @Override
  public void runScript(String name, Statement script) {
    once(
        name,
        () -> {
          Map<TableRef, Table> before = Map.copyOf(tables);
          ScriptModel run = new ScriptModel(new HashMap<>(before), script.parameters(), sabotage);
          for (String statement : script.text().strip().split(";(\n\n|$)", 0)) {
            String words = statement.lines().findFirst().orElse("").replaceAll(" ?[`(].*", "");
            calls.step("statement " + words, ErrorCode.WAREHOUSE_UNAVAILABLE);
            run.run(statement);
            if (sabotage == Sabotage.TORN_MERGE) {
              tables.putAll(run.changed());
            }
          }
          return commit(run, before);
        });
  }

  private long commit(ScriptModel run, Map<TableRef, Table> before) {
    if (sabotage != Sabotage.TORN_MERGE
        && run.changed().keySet().stream()
            .anyMatch(ref -> !Objects.equals(tables.get(ref), before.get(ref)))) {
      throw new DeltaferryException(
          ErrorCode.WAREHOUSE_UNAVAILABLE, "Transaction is aborted due to concurrent update");
    }
    if (sabotage == Sabotage.TOLD_BEFORE_COMMIT && run.isTransaction()) {
      calls.late(() -> tables.putAll(run.changed()));
    } else {
      tables.putAll(run.changed());
    }
    return 0;
  }

  /** A job that did its work is looked at; one that failed for good fails again. */
  private long once(String name, LongSupplier work) {
    Long done = jobs.get(name);
    if (done != null) {
      return done;
    }
    DeltaferryException failure = failed.get(name);
    if (failure != null) {
      throw failure;
    }
    try {
      calls.effective();
      long answer = work.getAsLong();
      jobs.put(name, answer);
      return answer;
    } catch (DeltaferryException e) {
      if (e.kind() == ErrorKind.PERMANENT) {
        failed.put(name, e);
      }
      throw e;
    }
  }
}
