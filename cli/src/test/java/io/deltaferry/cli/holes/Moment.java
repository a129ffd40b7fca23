package io.deltaferry.cli.holes;

import io.deltaferry.run.ControlStore;
import io.deltaferry.run.Warehouse;
import io.deltaferry.sql.Statement;
import io.deltaferry.table.NewTable;
import io.deltaferry.table.TableRef;
import io.deltaferry.testing.ForwardingControlStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/** Moments in the work of a stage in which something happens, once. */
final class Moment {
  /** What happens is the instance's death. */
  static final Runnable DEATH =
      () -> {
        throw new Death();
      };

  private Moment() {}

  /** The instance dies. */
  static final class Death extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Before an object is created whose name has this end. */
  static UnaryOperator<ControlStore> beforeObject(String end, Runnable what) {
    Runnable once = once(what);
    return store ->
        new ForwardingControlStore(store) {
          @Override
          public Created create(String name, String content, Map<String, String> metadata) {
            if (name.endsWith(end)) {
              once.run();
            }
            return super.create(name, content, metadata);
          }
        };
  }

  /** After an object was created whose name has this end. */
  static UnaryOperator<ControlStore> afterObject(String end, Runnable what) {
    Runnable once = once(what);
    return store ->
        new ForwardingControlStore(store) {
          @Override
          public Created create(String name, String content, Map<String, String> metadata) {
            Created created = super.create(name, content, metadata);
            if (name.endsWith(end)) {
              once.run();
            }
            return created;
          }
        };
  }

  /** Before a table is created in that dataset. */
  static UnaryOperator<Warehouse> beforeTable(String dataset, Runnable what) {
    Runnable once = once(what);
    return warehouse ->
        new ForwardingWarehouse(warehouse) {
          @Override
          public boolean create(NewTable table) {
            if (table.ref().dataset().equals(dataset)) {
              once.run();
            }
            return super.create(table);
          }
        };
  }

  /** Before the load. */
  static UnaryOperator<Warehouse> beforeLoad(Runnable what) {
    return around(what, () -> {}, "df_load_");
  }

  /** After the load. */
  static UnaryOperator<Warehouse> afterLoad(Runnable what) {
    return around(() -> {}, what, "df_load_");
  }

  /** Before the transaction. */
  static UnaryOperator<Warehouse> beforeMerge(Runnable what) {
    return around(what, () -> {}, "df_merge_");
  }

  /** After its commit. */
  static UnaryOperator<Warehouse> afterMerge(Runnable what) {
    return around(() -> {}, what, "df_merge_");
  }

  /** Before a job whose name begins so. */
  static UnaryOperator<Warehouse> beforeJob(String job, Runnable what) {
    return around(what, () -> {}, job);
  }

  /** After a job whose name begins so. */
  static UnaryOperator<Warehouse> afterJob(String job, Runnable what) {
    return around(() -> {}, what, job);
  }

  private static UnaryOperator<Warehouse> around(Runnable before, Runnable after, String job) {
    Runnable first = once(before);
    Runnable last = once(after);
    return warehouse ->
        new ForwardingWarehouse(warehouse) {
          @Override
          public long loadCsv(String name, NewTable target, List<String> uris) {
            first(name);
            long rows = super.loadCsv(name, target, uris);
            last(name);
            return rows;
          }

          @Override
          public void runScript(String name, Statement script) {
            first(name);
            super.runScript(name, script);
            last(name);
          }

          @Override
          public void copyOver(String name, TableRef from, TableRef to) {
            first(name);
            super.copyOver(name, from, to);
            last(name);
          }

          private void first(String name) {
            if (name.startsWith(job)) {
              first.run();
            }
          }

          private void last(String name) {
            if (name.startsWith(job)) {
              last.run();
            }
          }
        };
  }

  private static Runnable once(Runnable what) {
    AtomicBoolean done = new AtomicBoolean();
    return () -> {
      if (done.compareAndSet(false, true)) {
        what.run();
      }
    };
  }
}
