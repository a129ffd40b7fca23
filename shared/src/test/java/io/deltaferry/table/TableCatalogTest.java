package io.deltaferry.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltaferry.config.Secret;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.table.DriftSettings.OnNewColumn;
import io.deltaferry.table.DriftSettings.OnSchemaChange;
import io.deltaferry.table.ReconcileSettings.Deletes;
import io.deltaferry.type.BqType;
import io.deltaferry.type.ColumnSettings;
import io.deltaferry.type.LossPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableCatalogTest {
  private static final Map<String, String> ENVIRONMENT = Map.of("SHOP_PASSWORD", "s3cret!");

  @Test
  void fillsInEveryDefault() {
    TableFile file = TableCatalog.read(TableFiles.text("minimal.yaml"), Map.of());

    assertThat(file.source())
        .isEqualTo(
            new SourceConfig(
                new SourceEndpoint.Jdbc("jdbc:postgresql://db.example.com/shop"),
                "deltaferry",
                null,
                false,
                Map.of()));
    assertThat(file.target())
        .isEqualTo(new TargetConfig("my-project", "shop", "shop_staging", "shop_control", "US"));
    assertThat(file.bucket()).isEqualTo("my-project-deltas");
    assertThat(file.topicPrefix()).isEmpty();
    assertThat(file.tables())
        .containsExactly(
            new TableConfig(
                "orders",
                new SourceTable("public", "orders"),
                new TargetTable("shop", "orders"),
                List.of(),
                "updated_at",
                ModeSettings.BUILT_IN,
                null,
                PrivacySettings.NONE,
                0,
                null,
                Duration.ofMinutes(15),
                BoundSettings.BUILT_IN,
                Map.of(),
                Map.of(),
                UnknownTypes.FAIL,
                false,
                64L * 1024 * 1024,
                new SliceConfig(250_000, 4, List.of()),
                ExtractIn.SERVICE,
                Duration.ofHours(1),
                null,
                DriftSettings.BUILT_IN,
                null,
                ReconcileSettings.BUILT_IN,
                TargetShape.BUILT_IN,
                false));
  }

  @Test
  void readsEverySetting() {
    TableFile file = TableCatalog.read(TableFiles.text("full.yaml"), ENVIRONMENT);

    assertThat(file.source())
        .isEqualTo(
            new SourceConfig(
                new SourceEndpoint.AlloyDb(
                    "projects/my-project/locations/europe-west1/clusters/main/instances/replica",
                    "shop"),
                "deltaferry",
                new Secret.Value("s3cret!"),
                false,
                Map.of("sslmode", "verify-full", "socketTimeout", "300"),
                4));
    assertThat(file.target())
        .isEqualTo(
            new TargetConfig("my-project", "shop", "shop_temp", "shop_progress", "europe-west1"));
    assertThat(file.hashKey()).isEqualTo(new Secret.Value("the secret of these hashes"));
    assertThat(file.tables()).containsExactly(orders(), openOrders());
  }

  @Test
  void theKeyOfHashesCanBeASecretThatLiesElsewhere() {
    String key = "projects/p/secrets/hash-key/versions/latest";
    String text = TableFiles.text("minimal.yaml") + "hash_key: {secret: " + key + "}\n";

    TableFile file = TableCatalog.read(text, Map.of());

    assertThat(file.hashKey()).isEqualTo(new Secret.Reference(key));
    assertThat(file.toString()).doesNotContain("s3cret!");
  }

  private static TableConfig orders() {
    return new TableConfig(
        "orders",
        new SourceTable("Shop Floor", "Order.Lines"),
        new TargetTable("sales", "order_lines"),
        List.of("order_id", "Line"),
        "changed",
        new ModeSettings(
            SyncMode.WINDOW,
            Duration.ofHours(6),
            true,
            new BackfillSettings("placed", PeriodLength.WEEK, PeriodOrder.OLDEST),
            null),
        "region = 'EU' AND note <> '${x}'",
        new PrivacySettings(List.of("card_number", "cvc"), List.of(), List.of(), ""),
        -3,
        "*/15 6-22 * * mon-fri",
        Duration.ofMinutes(90),
        new BoundSettings(
            true,
            BoundSettings.StampedBy.DATABASE,
            ZoneId.of("America/New_York"),
            Duration.ofMinutes(1),
            0,
            Duration.ofMinutes(3)),
        Map.of("valid_to", LossPolicy.NULL, "amount", LossPolicy.FAIL),
        Map.of(),
        UnknownTypes.FAIL,
        true,
        1024L * 1024,
        new SliceConfig(5_000, 2, List.of("order_id % 2 = 0", "order_id % 2 = 1")),
        ExtractIn.SERVICE,
        Duration.ofHours(2),
        Duration.ofHours(26),
        new DriftSettings(OnNewColumn.NULL, OnSchemaChange.RESYNC),
        null,
        new ReconcileSettings("0 5 * * sun", MaxDeletes.parse("1000"), Deletes.SOFT),
        new TargetShape(
            new Partitioning("order_id", null, new Partitioning.Range(0, 1_000_000, 1_000)),
            List.of("Line", "region"),
            true,
            Map.of("team", "sales"),
            true),
        false);
  }

  /** Says nothing of its own, so everything comes from {@code defaults}. */
  private static TableConfig openOrders() {
    return new TableConfig(
        "open_orders",
        new SourceQuery("SELECT o.* FROM public.orders o\nWHERE o.closed_at IS NULL"),
        new TargetTable("shop", "open_orders"),
        List.of("id"),
        "updated_at",
        new ModeSettings(
            SyncMode.CHANGE_LOG,
            Duration.ofDays(1),
            false,
            new BackfillSettings(null, PeriodLength.MONTH, PeriodOrder.NEWEST),
            new ChangeLog(
                new SourceTable("public", "django_admin_log"),
                "nr",
                List.of("object_id"),
                "action_flag",
                "action_time",
                new ChangeLog.ContentType("content_type_id", "7"),
                "change_message",
                List.of("Total", "email"),
                new ChangeLog.Actions(List.of("1"), List.of("2", "4"), List.of("3")))),
        null,
        new PrivacySettings(List.of(), List.of("email"), List.of("phone", "fax"), ""),
        5,
        "0 3 * * *",
        Duration.ofSeconds(90),
        new BoundSettings(
            false,
            BoundSettings.StampedBy.APPLICATION,
            ZoneId.of("UTC"),
            Duration.ofSeconds(30),
            500,
            Duration.ofMinutes(5)),
        Map.of(),
        Map.of(
            "Total",
            new ColumnSettings(
                "round(\"Total\", 2)",
                "total_amount",
                new BqType(BqType.Name.NUMERIC, 12, 2),
                null,
                LossPolicy.NULL,
                false,
                false,
                false),
            "Day",
            new ColumnSettings(null, null, null, LossPolicy.CLAMP, null, true, true, true)),
        UnknownTypes.TEXT,
        false,
        8L * 1024 * 1024,
        new SliceConfig(100_000, 8, List.of()),
        ExtractIn.JOB,
        Duration.ofMinutes(20),
        Duration.ofMinutes(45),
        new DriftSettings(OnNewColumn.BACKFILL, OnSchemaChange.FAIL),
        "_df_run",
        new ReconcileSettings("0 4 * * *", MaxDeletes.parse("2.5%"), Deletes.HARD),
        TargetShape.BUILT_IN,
        true);
  }

  @Test
  void aTableCanDoWithoutTheDefaultOfItsLag() {
    String text = TableFiles.text("full.yaml").replace("max_lag: 1d2h", "max_lag: none");

    TableFile file = TableCatalog.read(text, ENVIRONMENT);

    assertThat(file.requiredTable("orders").maxLag()).isNull();
    assertThat(file.requiredTable("open_orders").maxLag()).isEqualTo(Duration.ofMinutes(45));
  }

  @Test
  void neverPrintsASecret() {
    TableFile file = TableCatalog.read(TableFiles.text("full.yaml"), ENVIRONMENT);

    assertThat(file.toString()).doesNotContain("s3cret!");
    assertThat(file.source().password()).hasToString("Secret[hidden]");
  }

  @Test
  void keepsAReferenceToASecretManagerVersion() {
    String text =
        TableFiles.text("full.yaml")
            .replace(
                "password: ${SHOP_PASSWORD}",
                "password: {secret: projects/p/secrets/shop/versions/latest}");

    assertThat(TableCatalog.read(text, Map.of()).source().password())
        .isEqualTo(new Secret.Reference("projects/p/secrets/shop/versions/latest"));
  }

  @Test
  void anotherDatabaseCanTakeTheSourcesPlace() {
    String url = "postgresql://me:s3cret!@127.0.0.1:5433/copy?sslmode=disable";

    SourceConfig source =
        TableCatalog.read(
                TableFiles.text("full.yaml").replaceFirst("(?s)source:.*?(?=target:)", ""),
                Map.of("DELTAFERRY_SOURCE_URL", url))
            .source();

    assertThat(source)
        .isEqualTo(
            new SourceConfig(
                new SourceEndpoint.Jdbc("jdbc:postgresql://127.0.0.1:5433/copy?sslmode=disable"),
                "me",
                new Secret.Value("s3cret!"),
                false,
                Map.of()));
    assertThat(
            TableCatalog.read(
                    TableFiles.text("minimal.yaml"),
                    Map.of(
                        "DELTAFERRY_SOURCE_URL", "postgresql://127.0.0.1:5433/copy?sslmode=disable",
                        "DELTAFERRY_SOURCE_USER", "me",
                        "DELTAFERRY_SOURCE_PASSWORD", "s3cret!"))
                .source())
        .isEqualTo(source);
    assertThatThrownBy(
            () ->
                TableCatalog.read(
                    TableFiles.text("minimal.yaml"),
                    Map.of("DELTAFERRY_SOURCE_URL", "jdbc:postgresql://h/s3cret!")))
        .isInstanceOf(DeltaferryException.class)
        .hasMessageContaining("DELTAFERRY_SOURCE_URL names no user")
        .message()
        .doesNotContain("s3cret!");
  }

  @Test
  void readsAFileByItsPath(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("shop.yaml");
    Files.writeString(file, TableFiles.text("minimal.yaml").replace("cursor", "curser"));

    assertThatThrownBy(() -> TableCatalog.read(file, Map.of()))
        .isInstanceOf(DeltaferryException.class)
        .hasMessageContaining(file + ":11: tables.orders.curser: unknown key");
    assertThatThrownBy(() -> TableCatalog.read(folder.resolve("none.yaml"), Map.of()))
        .isInstanceOf(DeltaferryException.class)
        .hasMessageContaining("none.yaml: cannot be read (NoSuchFileException)");
  }

  @Test
  void findsTablesByNameAndSuggestsTheNearest() {
    TableFile file = TableCatalog.read(TableFiles.text("full.yaml"), ENVIRONMENT);

    assertThat(file.requiredTable("open_orders").priority()).isEqualTo(5);
    assertThatThrownBy(() -> file.requiredTable("order"))
        .isInstanceOf(DeltaferryException.class)
        .hasMessageContaining("no table 'order', did you mean 'orders'?")
        .extracting(error -> ((DeltaferryException) error).code())
        .isEqualTo(ErrorCode.TABLE_UNKNOWN);
  }

  @Test
  void theFullExampleHoldsEveryTableKey() {
    String text = TableFiles.text("full.yaml");

    assertThat(TableKeys.TABLE).allSatisfy(key -> assertThat(text).contains("    " + key + ":"));
    assertThat(TableKeys.DEFAULTS).allSatisfy(key -> assertThat(text).contains("\n  " + key + ":"));
    assertThat(TableKeys.TARGET).allSatisfy(key -> assertThat(text).contains("\n  " + key + ":"));
  }
}
