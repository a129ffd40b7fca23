package io.deltaferry.cli.holes;

import com.google.cloud.storage.BlobInfo;
import io.deltaferry.run.ControlStore;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunId;
import io.deltaferry.run.StoredObject;
import io.deltaferry.run.Warehouse;
import io.deltaferry.service.ServiceParts;
import io.deltaferry.sql.Statement;
import io.deltaferry.table.NewTable;
import io.deltaferry.table.TableRef;
import io.deltaferry.table.WarehouseTable;
import io.deltaferry.testing.ForwardingControlStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Ports that lack what a rule rests on. */
final class RuleOff {
  private RuleOff() {}

  /** The last writer of an object wins, and believes that it was the first. */
  static UnaryOperator<ControlStore> createOnly(Line line) {
    return store ->
        new ForwardingControlStore(store) {
          @Override
          public Created create(String name, String content, Map<String, String> metadata) {
            BlobInfo info =
                BlobInfo.newBuilder(Bench.BUCKET, name)
                    .setMetadata(new HashMap<String, @Nullable String>(metadata))
                    .build();
            line.bench.storage.create(info, content.getBytes(StandardCharsets.UTF_8));
            line.created(name, content);
            return new Created(true, content, super.list(name, 1).get(0));
          }
        };
  }

  /** Objects show when they were made by an instance's clock. */
  static UnaryOperator<ControlStore> bucketsClock(Clock own) {
    return store ->
        new ForwardingControlStore(store) {
          @Override
          public Created create(String name, String content, Map<String, String> metadata) {
            Created created = super.create(name, content, metadata);
            StoredObject object = created.object();
            return new Created(
                created.won(),
                created.content(),
                new StoredObject(
                    name, object.size(), object.crc32c(), own.instant(), object.metadata()));
          }
        };
  }

  /** A job is named after who asks for it, and not after its work alone. */
  static Warehouse jobsNamedAfterWork(Warehouse warehouse) {
    return new ForwardingWarehouse(warehouse) {
      @Override
      public long loadCsv(String name, NewTable target, List<String> uris) {
        return super.loadCsv(name + ServiceParts.newAttempt(), target, uris);
      }

      @Override
      public void runScript(String name, Statement script) {
        super.runScript(name + ServiceParts.newAttempt(), script);
      }
    };
  }

  /** A merge does not look which run merged last. */
  static Warehouse fence(Warehouse warehouse) {
    return editing(warehouse, "WHERE seq < @seq", "WHERE TRUE");
  }

  /** A merge leaves rows alone that have a greater stamp in the target. */
  static Warehouse everyRowIsMerged(Warehouse warehouse) {
    return editing(
        warehouse,
        "WHEN MATCHED THEN",
        "WHEN MATCHED AND _df_delta.`updated_at` >= _df_target.`updated_at` THEN");
  }

  /** A merge does not compare what it wrote with what it was given. */
  static Warehouse balance(Warehouse warehouse) {
    return editing(warehouse, "(?s)ASSERT \\(\\s+SELECT rows_merged.*?twice\\?';", "");
  }

  private static Warehouse editing(Warehouse warehouse, String what, String with) {
    return new ForwardingWarehouse(warehouse) {
      @Override
      public void runScript(String name, Statement script) {
        String text = script.text().replaceAll(what, with);
        if (text.contains("MERGE ") && text.equals(script.text()) && text.contains("BEGIN")) {
          throw new AssertionError("the script does not have what is to be switched off");
        }
        super.runScript(name, new Statement(text, script.parameters()));
      }
    };
  }

  /** One table looks like any other of its name. */
  static Warehouse identity(Warehouse warehouse) {
    return new ForwardingWarehouse(warehouse) {
      @Override
      public Optional<WarehouseTable> describe(TableRef table) {
        return super.describe(table)
            .map(
                found ->
                    new WarehouseTable(
                        found.ref(), Instant.EPOCH, found.columns(), found.labels()));
      }
    };
  }

  /** Nobody sees runs that were planned later than this one. */
  static UnaryOperator<ControlStore> laterPlans(RunId run) {
    return store ->
        new ForwardingControlStore(store) {
          @Override
          public List<StoredObject> list(String prefix, int limit) {
            return super.list(prefix, 1_000).stream()
                .filter(
                    object ->
                        ObjectNames.runOf(object.name())
                            .filter(other -> other.seq() > run.seq())
                            .isEmpty())
                .limit(limit)
                .toList();
          }
        };
  }

  /** The state shows the run before the one that has merged. */
  static Warehouse lookAtTheState(Warehouse warehouse) {
    return new ForwardingWarehouse(warehouse) {
      @Override
      public List<Map<String, @Nullable String>> query(Statement statement) {
        return super.query(statement).stream().map(row -> earlier(row)).toList();
      }
    };
  }

  private static Map<String, @Nullable String> earlier(Map<String, @Nullable String> row) {
    Map<String, @Nullable String> changed = new HashMap<>(row);
    changed.computeIfPresent("seq", (name, seq) -> Long.toString(Long.parseLong(seq) - 1));
    return changed;
  }
}
