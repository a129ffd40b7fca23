package io.deltaferry.cli.holes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TimePartitioning;
import io.deltaferry.error.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Targets that Deltaferry makes, in the shape that the table file gives them. */
@Timeout(180)
class NewTargetTest {
  @Test
  void everythingThatATableFileSays() {
    Line line =
        Bench.shared()
            .line(
                "partition_by: {column: updated_at, granularity: month}",
                "cluster_by: [v, id]",
                "require_partition_filter: true",
                "labels: {team: sales}",
                "descriptions: true");
    line.bench.postgres.run(
        "COMMENT ON TABLE public.%s IS 'All orders'".formatted(line.table),
        "COMMENT ON COLUMN public.%s.v IS 'What it is worth'".formatted(line.table));
    assertThat(described(line)).isNull();
    line.write("first", 1, 2);
    line.sync();
    Table target = described(line);
    StandardTableDefinition definition = target.getDefinition();
    assertThat(definition.getTimePartitioning().getType()).isEqualTo(TimePartitioning.Type.MONTH);
    assertThat(definition.getTimePartitioning().getField()).isEqualTo("updated_at");
    assertThat(definition.getClustering().getFields()).containsExactly("v", "id");
    assertThat(target.getRequirePartitionFilter()).isTrue();
    assertThat(target.getLabels()).containsEntry("team", "sales");
    assertThat(target.getLabels()).containsEntry("managed_by", "deltaferry");
    assertThat(target.getDescription()).isEqualTo("All orders");
    assertThat(definition.getSchema().getFields().get("v").getDescription())
        .isEqualTo("What it is worth");
    // Its increments are merged too, though each statement must say what it reads.
    line.write("second", 2, 3);
    line.sync();
    assertThat(rows(line)).containsExactly("1first", "2second", "3second");
    line.bench.postgres.run(
        "ALTER TABLE public.%s ALTER v TYPE bytea USING v::bytea".formatted(line.table));
    assertThatThrownBy(line::sync)
        .hasMessageContaining("v: the source's BYTES cannot become the target's STRING");
    assertThat(rows(line)).hasSize(3);
  }

  /** A new table in its place has the same shape, and must be read as it says. */
  @Test
  void aTableThatTakesItsPlace() {
    Line line = Bench.shared().line("partition_by: updated_at", "require_partition_filter: true");
    line.bench.postgres.run(
        "ALTER TABLE public.%s ADD n int".formatted(line.table),
        "INSERT INTO public.%s (id, v, n) VALUES (1, 'a', 1)".formatted(line.table));
    line.sync();
    line.bench.postgres.run(
        "ALTER TABLE public.%s ALTER n TYPE text USING 'x'".formatted(line.table));
    line.sync();
    StandardTableDefinition definition = described(line).getDefinition();
    assertThat(definition.getTimePartitioning().getField()).isEqualTo("updated_at");
    assertThat(definition.getClustering().getFields()).containsExactly("id");
    assertThat(described(line).getRequirePartitionFilter()).isTrue();
    assertThat(line.rows("SELECT n FROM target.%s WHERE updated_at > TIMESTAMP '2000-01-01'"))
        .containsExactly("x");
  }

  @Test
  void withoutAWordItIsClusteredByItsKey() {
    Line line = Bench.shared().line();
    line.write("first", 1);
    line.sync();
    StandardTableDefinition definition = described(line).getDefinition();
    assertThat(definition.getClustering().getFields()).containsExactly("id");
    assertThat(definition.getTimePartitioning()).isNull();
    assertThat(described(line).getDescription()).isEqualTo("Kept equal by Deltaferry");
    Line plain = Bench.shared().line("cluster_by: none");
    plain.write("first", 1);
    plain.sync();
    assertThat(described(plain).<StandardTableDefinition>getDefinition().getClustering()).isNull();
  }

  /** The table file names the source's columns; the target has its own names. */
  @Test
  void itsColumnsMayHaveOtherNames() {
    Line line =
        Bench.shared()
            .line(
                "partition_by: updated_at",
                "cluster_by: [v]",
                "descriptions: true",
                "columns: {updated_at: {rename: changed_at}, v: {rename: worth}}");
    line.bench.postgres.run(
        "COMMENT ON COLUMN public.%s.v IS 'What it is worth'".formatted(line.table));
    line.write("first", 1);
    line.sync();
    StandardTableDefinition definition = described(line).getDefinition();
    assertThat(definition.getTimePartitioning().getField()).isEqualTo("changed_at");
    assertThat(definition.getClustering().getFields()).containsExactly("worth");
    assertThat(definition.getSchema().getFields().get("worth").getDescription())
        .isEqualTo("What it is worth");
    line.bench.postgres.run(
        "ALTER TABLE public.%s ADD n int DEFAULT 7".formatted(line.table),
        "ALTER TABLE public.%s ALTER n TYPE int".formatted(line.table));
    line.write("second", 2);
    line.sync();
    line.bench.postgres.run(
        "ALTER TABLE public.%s ALTER n TYPE text USING 'x'".formatted(line.table));
    line.sync();
    assertThat(line.rows("SELECT CONCAT(worth, n) FROM target.%s ORDER BY worth"))
        .as("a table in its place has the same names")
        .containsExactly("firstx", "secondx");
  }

  @Test
  void byRangesOfNumbers() {
    Line line =
        Bench.shared().line("partition_by: {column: id, start: 0, end: 1000, interval: 10}");
    line.write("first", 1);
    line.sync();
    StandardTableDefinition definition = described(line).getDefinition();
    assertThat(definition.getRangePartitioning().getField()).isEqualTo("id");
    assertThat(definition.getRangePartitioning().getRange().getInterval()).isEqualTo(10);
  }

  /** All that is wrong is said at once, before anything is written. */
  @Test
  void whatBigQueryCannotMake() {
    Line line = Bench.shared().line("partition_by: v", "cluster_by: [j, gone]");
    line.bench.postgres.run("ALTER TABLE public.%s ADD j jsonb".formatted(line.table));
    line.bench.postgres.run("INSERT INTO public.%s (id, v) VALUES (1, 'a')".formatted(line.table));
    assertThatThrownBy(line::sync)
        .hasMessageContaining("partition_by: v is STRING")
        .hasMessageContaining("cluster_by: j is JSON")
        .hasMessageContaining("cluster_by: the source has no column gone");
    assertThat(line.end().errorCode()).isEqualTo(ErrorCode.COLUMN_MISSING);
    assertThat(described(line)).isNull();
  }

  /** The rows of no day share a partition. */
  @Test
  void rowsWithoutAPartition() {
    Line line = Bench.shared().line("partition_by: updated_at", "require_partition_filter: true");
    line.bench.postgres.run(
        "INSERT INTO public.%s VALUES (1, 'a', now()), (2, 'b', NULL)".formatted(line.table));
    line.sync();
    assertThat(rows(line)).containsExactly("1a", "2b");
  }

  private static Table described(Line line) {
    return line.bench.clients.bigQuery().getTable(TableId.of("target", line.table));
  }

  private static List<String> rows(Line line) {
    return line.rows(
        """
        SELECT CONCAT(CAST(id AS STRING), v) FROM target.%s
        WHERE updated_at IS NULL OR updated_at IS NOT NULL ORDER BY id""");
  }
}
