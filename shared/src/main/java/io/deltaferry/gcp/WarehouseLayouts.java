package io.deltaferry.gcp;

import com.google.cloud.bigquery.Clustering;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.RangePartitioning;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableInfo;
import com.google.cloud.bigquery.TimePartitioning;
import io.deltaferry.table.NewTable;
import io.deltaferry.table.Partitioning;
import io.deltaferry.table.Partitioning.Granularity;
import io.deltaferry.table.TableLayout;
import io.deltaferry.table.WarehouseColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table's layout between our words and the client's. */
final class WarehouseLayouts {
  private WarehouseLayouts() {}

  static StandardTableDefinition definition(NewTable table) {
    StandardTableDefinition.Builder definition =
        StandardTableDefinition.newBuilder().setSchema(described(table));
    TableLayout layout = table.layout();
    Partitioning partitioning = layout.partitioning();
    if (partitioning != null) {
      partition(definition, partitioning);
    }
    if (!layout.clustering().isEmpty()) {
      definition.setClustering(Clustering.newBuilder().setFields(layout.clustering()).build());
    }
    return definition.build();
  }

  private static Schema described(NewTable table) {
    return Schema.of(
        WarehouseTypes.schema(table.columns()).getFields().stream()
            .map(
                field ->
                    field.toBuilder()
                        .setDescription(table.columnDescriptions().get(field.getName()))
                        .build())
            .toList());
  }

  /** A table that is another but for its columns; one that keeps its type keeps all it says. */
  static TableInfo like(Table other, TableId id, List<WarehouseColumn> columns) {
    StandardTableDefinition old = other.getDefinition();
    Schema schema = old.getSchema();
    List<Field> fields = schema == null ? List.of() : schema.getFields();
    Schema remade =
        Schema.of(columns.stream().map(column -> WarehouseTypes.field(column, fields)).toList());
    StandardTableDefinition.Builder definition =
        StandardTableDefinition.newBuilder().setSchema(remade);
    definition.setTimePartitioning(old.getTimePartitioning());
    definition.setRangePartitioning(old.getRangePartitioning());
    definition.setClustering(old.getClustering());
    return TableInfo.newBuilder(id, definition.build())
        .setLabels(other.getLabels())
        .setDescription(other.getDescription())
        .setRequirePartitionFilter(other.getRequirePartitionFilter())
        .build();
  }

  private static void partition(
      StandardTableDefinition.Builder definition, Partitioning partitioning) {
    Granularity granularity = partitioning.granularity();
    Partitioning.Range range = partitioning.range();
    if (granularity != null) {
      definition.setTimePartitioning(
          TimePartitioning.newBuilder(TimePartitioning.Type.valueOf(granularity.name()))
              .setField(partitioning.column())
              .build());
    } else if (range != null) {
      definition.setRangePartitioning(
          RangePartitioning.newBuilder()
              .setField(partitioning.column())
              .setRange(
                  RangePartitioning.Range.newBuilder()
                      .setStart(range.start())
                      .setEnd(range.end())
                      .setInterval(range.interval())
                      .build())
              .build());
    }
  }

  /** Of a table; that of a view is plain. */
  static TableLayout of(Table table) {
    if (!(table.getDefinition() instanceof StandardTableDefinition definition)) {
      return TableLayout.PLAIN;
    }
    Clustering clustering = definition.getClustering();
    List<String> fields = clustering == null ? null : clustering.getFields();
    return new TableLayout(
        partitioning(definition),
        fields == null ? List.of() : fields,
        Boolean.TRUE.equals(table.getRequirePartitionFilter()));
  }

  private static @Nullable Partitioning partitioning(StandardTableDefinition definition) {
    TimePartitioning time = definition.getTimePartitioning();
    RangePartitioning ranges = definition.getRangePartitioning();
    if (time != null) {
      return new Partitioning(time.getField(), Granularity.valueOf(time.getType().name()), null);
    }
    if (ranges != null) {
      RangePartitioning.Range range = ranges.getRange();
      return new Partitioning(
          ranges.getField(),
          null,
          new Partitioning.Range(range.getStart(), range.getEnd(), range.getInterval()));
    }
    return null;
  }
}
