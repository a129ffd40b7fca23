package io.deltaferry.extractor;

import io.deltaferry.cli.model.SourceModel;
import io.deltaferry.copy.CopyResult;
import io.deltaferry.copy.PartReceipt;
import io.deltaferry.copy.PartSink;
import io.deltaferry.copy.PartWriter;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.run.Slice;
import io.deltaferry.sql.DeltaQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies a slice as the model shows it at this moment. */
record ReadingModel(SourceModel model) implements Source.Reading {
  @Override
  public CopyResult copy(RunPlan plan, Slice slice, Source.Limit limit, PartSink sink) {
    if (model.isTooSlow()) {
      throw new DeltaferryException(ErrorCode.SOURCE_TIMEOUT, "too slow");
    }
    @Nullable Long snapshot = plan.slicing().isWhole(slice) ? null : model.snapshotNumber();
    DeltaQuery query = plan.query(slice, snapshot == null ? 0 : snapshot);
    List<SourceModel.Row> rows = RowsOf.slice(model, query.window(), slice.rows());
    List<String> lines = rows.stream().map(row -> line(row, snapshot)).toList();
    List<PartReceipt> parts = rows.isEmpty() ? List.of() : List.of(stage(query, lines, sink));
    String seen = query.window().seen();
    return new CopyResult(
        rows.size(),
        parts,
        0,
        query.high().isPresent() ? RowsOf.high(rows).orElse(null) : null,
        0,
        rows.stream()
            .filter(row -> seen != null && RowsOf.text(row.stamp()).compareTo(seen) < 0)
            .count(),
        Map.of(),
        query.isComparable() ? lines.stream().sorted().toList().toString() : null);
  }

  private static String line(SourceModel.Row row, @Nullable Long snapshot) {
    String line = row.id() + "," + row.value() + "," + RowsOf.text(row.stamp());
    return snapshot == null ? line : line + "," + snapshot;
  }

  private static PartReceipt stage(DeltaQuery query, List<String> lines, PartSink sink) {
    String text = String.join(",", query.header()) + "\n" + String.join("\n", lines) + "\n";
    try {
      PartWriter part = sink.open(0);
      part.write(StandardCharsets.UTF_8.encode(text));
      return part.commit(lines.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
