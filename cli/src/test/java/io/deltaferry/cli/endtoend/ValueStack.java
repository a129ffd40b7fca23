package io.deltaferry.cli.endtoend;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.FieldList;
import com.google.cloud.bigquery.FieldValue;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.TableResult;
import io.deltaferry.cli.endpoint.Clients;
import io.deltaferry.cli.local.LocalStack;
import io.deltaferry.cli.local.StackPorts;
import io.deltaferry.cli.local.StackTables;
import io.deltaferry.cli.sync.AskedRun;
import io.deltaferry.cli.sync.SyncTables;
import io.deltaferry.cli.sync.TableProgress;
import io.deltaferry.gcp.GoogleClients;
import io.deltaferry.table.TableCatalog;
import io.deltaferry.testing.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The whole way from a database whose defaults are hostile to BigQuery, started once for all tests
 * of values; it lives as long as the JVM. The services run in a time zone that is neither the
 * database's nor UTC nor this JVM's.
 */
final class ValueStack {
  static final String DATASET = "landed";

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final DateTimeFormatter STAMP =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
          .appendLiteral("+00")
          .toFormatter(Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final TestPostgres postgres;
  private final BigQuery bigQuery;
  private final SyncTables syncTables;

  private ValueStack(TestPostgres postgres, LocalStack stack) {
    this.postgres = postgres;
    bigQuery = Clients.bigQuery(stack.endpoints());
    GoogleClients clients =
        new GoogleClients(stack.ready().project(), stack.endpoints().environment());
    syncTables = new SyncTables(clients, stack.tables(), null, Clock.systemUTC());
  }

  static ValueStack shared() {
    return Shared.STACK;
  }

  /** The source; tables of the table file are created in its schema public. */
  TestPostgres postgres() {
    return postgres;
  }

  /** Asks for the tables together and waits for all; answers the last state of each. */
  List<TableProgress> sync(String... tables) {
    try {
      return syncTables.syncAndWait(List.of(tables), AskedRun.USUAL, PATIENCE, progress -> {});
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * The rows of a query as BigQuery's API writes them, but time stamps as UTC text and floats as
   * Java writes them: these two have more than one spelling there.
   */
  List<List<@Nullable String>> query(String sql) {
    try {
      TableResult result = bigQuery.query(QueryJobConfiguration.of(sql));
      FieldList fields =
          result.getSchema() == null ? FieldList.of() : result.getSchema().getFields();
      List<List<@Nullable String>> rows = new ArrayList<>();
      for (FieldValueList values : result.iterateAll()) {
        List<@Nullable String> row = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
          row.add(cell(values.get(i), fields.get(i).getType().getStandardType()));
        }
        rows.add(row);
      }
      return rows;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static @Nullable String cell(FieldValue value, StandardSQLTypeName type) {
    if (value.isNull()) {
      return null;
    }
    if (type == StandardSQLTypeName.TIMESTAMP) {
      long micros = value.getTimestampValue();
      Instant instant =
          Instant.ofEpochSecond(
              Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
      return STAMP.format(instant);
    }
    return type == StandardSQLTypeName.FLOAT64
        ? Double.toString(value.getDoubleValue())
        : value.getStringValue();
  }

  private static final class Shared {
    static final ValueStack STACK = start();

    private static ValueStack start() {
      TestPostgres postgres = TestPostgres.create();
      try {
        Path directory =
            Files.createTempDirectory(Files.createDirectories(Path.of("target")), "values");
        Path tables = directory.resolve("tables.yaml");
        try (var resource = ValueStack.class.getResourceAsStream("values.yaml")) {
          Files.write(tables, resource.readAllBytes());
        }
        LocalStack stack =
            LocalStack.start(
                directory.resolve("data"),
                StackPorts.free(),
                new StackTables(tables, environment(postgres)));
        Runtime.getRuntime().addShutdownHook(new Thread(stack::close));
        return new ValueStack(postgres, stack);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    private static Map<String, String> environment(TestPostgres postgres) {
      String user = postgres.config().user();
      String url =
          "jdbc:postgresql://127.0.0.1:%d/%s?user=%s&password=%s"
              .formatted(TestPostgres.port(), user, user, postgres.password().replace(" ", "%20"));
      return Map.of(TableCatalog.SOURCE_URL, url, "TZ", "Asia/Kathmandu");
    }
  }
}
