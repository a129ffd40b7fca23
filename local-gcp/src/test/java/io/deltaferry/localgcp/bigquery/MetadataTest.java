package io.deltaferry.localgcp.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.Clustering;
import com.google.cloud.bigquery.Dataset;
import com.google.cloud.bigquery.DatasetId;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.PrimaryKey;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableConstraints;
import com.google.cloud.bigquery.TableDefinition;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableInfo;
import com.google.cloud.bigquery.TimePartitioning;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetadataTest {
  private LocalServer server;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    server = new LocalServer(directory).withDataset("meta");
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
  }

  private static StandardTableDefinition twoColumns() {
    return StandardTableDefinition.newBuilder()
        .setSchema(
            Schema.of(
                Field.newBuilder("id", StandardSQLTypeName.INT64)
                    .setMode(Field.Mode.REQUIRED)
                    .setDescription("the key")
                    .build(),
                Field.newBuilder("amount", StandardSQLTypeName.NUMERIC)
                    .setPrecision(10L)
                    .setScale(2L)
                    .build(),
                Field.of("day", StandardSQLTypeName.DATE)))
        .setTimePartitioning(
            TimePartitioning.newBuilder(TimePartitioning.Type.DAY).setField("day").build())
        .setClustering(Clustering.newBuilder().setFields(List.of("id")).build())
        .setTableConstraints(
            TableConstraints.newBuilder()
                .setPrimaryKey(PrimaryKey.newBuilder().setColumns(List.of("id")).build())
                .build())
        .build();
  }

  @Test
  void everybodyMayEverythingWithATableThatExists() {
    BigQuery client = server.client;
    TableId table = TableId.of("meta", "open_to_all");
    List<String> asked = List.of("bigquery.tables.getData", "bigquery.tables.updateData");
    assertThatThrownBy(() -> client.testIamPermissions(table, asked))
        .isInstanceOfSatisfying(
            BigQueryException.class, e -> assertThat(e.getCode()).isEqualTo(404));
    client.create(TableInfo.of(table, twoColumns()));
    assertThat(client.testIamPermissions(table, asked)).containsExactlyElementsOf(asked);
  }

  @Test
  void aDatasetKeepsWhatItIsToldAndIsPatched() {
    Dataset made =
        server.client.create(
            DatasetInfo.newBuilder("d1")
                .setDescription("first")
                .setLabels(Map.of("team", "data", "tier", "one"))
                .setDefaultTableLifetime(Duration.ofHours(2).toMillis())
                .build());
    assertThat(made.getDescription()).isEqualTo("first");
    Map<String, String> labels = new java.util.HashMap<>();
    labels.put("tier", null);
    made.toBuilder().setDescription("second").setLabels(labels).build().update();
    Dataset read = server.client.getDataset("d1");
    assertThat(read.getDescription()).isEqualTo("second");
    assertThat(read.getLabels()).containsExactly(Map.entry("team", "data"));
    assertThat(read.getLocation()).isEqualTo("US");
    assertThat(names(server.client.listDatasets().iterateAll())).contains("d1", "meta");
    assertThatThrownBy(() -> server.client.create(DatasetInfo.of("d1")))
        .isInstanceOfSatisfying(
            BigQueryException.class,
            e -> {
              assertThat(e.getCode()).isEqualTo(409);
              assertThat(e.getError().getReason()).isEqualTo("duplicate");
              assertThat(e.getMessage()).isEqualTo("Already Exists: Dataset proj-1:d1");
            });
  }

  private static List<String> names(Iterable<Dataset> datasets) {
    return StreamSupport.stream(datasets.spliterator(), false)
        .map(dataset -> dataset.getDatasetId().getDataset())
        .toList();
  }

  @Test
  void aDatasetWithTablesIsDroppedOnlyWithItsContents() {
    server.withDataset("d2");
    server.client.create(TableInfo.of(TableId.of("d2", "t"), twoColumns()));
    assertThatThrownBy(() -> server.client.delete(DatasetId.of("d2")))
        .isInstanceOfSatisfying(
            BigQueryException.class,
            e -> assertThat(e.getError().getReason()).isEqualTo("resourceInUse"));
    assertThat(
            server.client.delete(DatasetId.of("d2"), BigQuery.DatasetDeleteOption.deleteContents()))
        .isTrue();
    assertThat(server.client.getDataset("d2")).isNull();
    assertThat(server.client.delete(DatasetId.of("d2"))).isFalse();
  }

  @Test
  void aTableKeepsSchemaPartitioningClusteringKeyAndLabels() throws Exception {
    TableId id = TableId.of("meta", "kept");
    server.client.create(
        TableInfo.newBuilder(id, twoColumns())
            .setDescription("what it is")
            .setLabels(Map.of("a", "b"))
            .build());
    server.restart();
    Table read = server.client.getTable(id);
    StandardTableDefinition definition = read.getDefinition();
    Schema schema = Objects.requireNonNull(definition.getSchema());
    assertThat(schema.getFields().get("id").getMode()).isEqualTo(Field.Mode.REQUIRED);
    assertThat(schema.getFields().get("id").getDescription()).isEqualTo("the key");
    assertThat(schema.getFields().get("amount").getPrecision()).isEqualTo(10L);
    assertThat(definition.getTimePartitioning().getField()).isEqualTo("day");
    assertThat(definition.getClustering().getFields()).containsExactly("id");
    assertThat(definition.getTableConstraints().getPrimaryKey().getColumns()).containsExactly("id");
    assertThat(read.getLabels()).containsExactly(Map.entry("a", "b"));
    assertThat(read.getDescription()).isEqualTo("what it is");
    assertThat(read.getNumRows()).isZero();
    assertThat(read.getCreationTime()).isPositive();
    assertThat(read.getEtag()).isNotEmpty();
    assertThat(read.getGeneratedId()).isEqualTo("proj-1:meta.kept");
    assertThat(server.client.getTable(TableId.of("meta", "none"))).isNull();
    assertThat(server.client.delete(TableId.of("meta", "none"))).isFalse();
  }

  @Test
  void aPatchAddsNullableColumnsAndRefusesOtherChanges() {
    TableId id = TableId.of("meta", "patched");
    server.client.create(TableInfo.of(id, twoColumns()));
    Table table = server.client.getTable(id);
    List<Field> fields = new ArrayList<>(schema(table).getFields());
    fields.add(Field.of("note", StandardSQLTypeName.STRING));
    table.toBuilder().setDefinition(withFields(table, fields)).build().update();
    assertThat(schema(server.client.getTable(id)).getFields())
        .extracting(Field::getName)
        .containsExactly("id", "amount", "day", "note");

    fields.add(
        Field.newBuilder("must", StandardSQLTypeName.STRING).setMode(Field.Mode.REQUIRED).build());
    assertThatThrownBy(
            () -> table.toBuilder().setDefinition(withFields(table, fields)).build().update())
        .hasMessageContaining("Provided Schema does not match Table proj-1:meta.patched.")
        .hasMessageContaining("Cannot add required fields to an existing schema. (field: must)");
    List<Field> changed = new ArrayList<>(schema(table).getFields());
    changed.set(2, Field.of("day", StandardSQLTypeName.STRING));
    assertThatThrownBy(
            () -> table.toBuilder().setDefinition(withFields(table, changed)).build().update())
        .hasMessageContaining("Field day has changed type from DATE to STRING");
  }

  private static Schema schema(Table table) {
    return Objects.requireNonNull(table.<TableDefinition>getDefinition().getSchema());
  }

  private static TableDefinition withFields(Table table, List<Field> fields) {
    return table.<StandardTableDefinition>getDefinition().toBuilder()
        .setSchema(Schema.of(fields))
        .build();
  }

  @Test
  void anExpiredTableVanishesAndItsNameIsFree() {
    TableId id = TableId.of("meta", "short");
    TableInfo info =
        TableInfo.newBuilder(id, twoColumns())
            .setExpirationTime(server.clock.millis() + 60_000)
            .build();
    server.client.create(info);
    assertThat(server.client.getTable(id).getExpirationTime()).isNotNull();
    server.clock.advance(Duration.ofMinutes(2));
    assertThat(server.client.getTable(id)).isNull();
    server.client.create(TableInfo.of(id, twoColumns()));
    assertThat(server.client.getTable(id).getExpirationTime()).isNull();
  }

  @Test
  void namesAndPropertiesThatCannotBeAreRefused() {
    assertThatThrownBy(() -> server.client.create(DatasetInfo.of("with-dash")))
        .hasMessageContaining("Invalid dataset ID \"with-dash\"");
    assertThatThrownBy(
            () -> server.client.create(TableInfo.of(TableId.of("nowhere", "t"), twoColumns())))
        .isInstanceOfSatisfying(
            BigQueryException.class,
            e -> {
              assertThat(e.getCode()).isEqualTo(404);
              assertThat(e.getMessage()).isEqualTo("Not found: Dataset proj-1:nowhere");
            });
    assertThatThrownBy(
            () ->
                server.client.create(
                    TableInfo.of(
                        TableId.of("meta", "twins"),
                        StandardTableDefinition.of(
                            Schema.of(
                                Field.of("id", StandardSQLTypeName.INT64),
                                Field.of("ID", StandardSQLTypeName.INT64))))))
        .hasMessageContaining("Duplicate field names");
  }

  @Test
  void theMembersOfAStructKeepTheirPlaces() throws Exception {
    TableId id = TableId.of("meta", "nested");
    server.run("CREATE TABLE meta.nested AS SELECT STRUCT('a' AS x, 'b' AS y) AS s");
    Table table = server.client.getTable(id);
    Field turned =
        Field.of(
            "s",
            StandardSQLTypeName.STRUCT,
            Field.of("y", StandardSQLTypeName.STRING),
            Field.of("x", StandardSQLTypeName.STRING));
    assertThatThrownBy(
            () ->
                table.toBuilder()
                    .setDefinition(withFields(table, List.of(turned)))
                    .build()
                    .update())
        .hasMessageContaining("Field s");
  }
}
