package io.deltaferry.cli.compare;

import com.google.cloud.bigquery.StandardSQLTypeName;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The order in which both sides send their rows: by key, texts by their UTF-8 bytes. */
final class KeyOrder implements Comparator<CanonicalRow> {
  private final List<ComparedColumn> columns;
  private final int[] key;

  /**
   * @param key indexes into the columns
   */
  KeyOrder(List<ComparedColumn> columns, int[] key) {
    this.columns = List.copyOf(columns);
    this.key = key.clone();
  }

  @Override
  public int compare(CanonicalRow left, CanonicalRow right) {
    for (int index : key) {
      int order = compare(columns.get(index), left.cells().get(index), right.cells().get(index));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static int compare(ComparedColumn column, @Nullable String left, @Nullable String right) {
    if (left == null || right == null) {
      throw new IllegalStateException("key column " + column.name() + " holds a NULL");
    }
    return isNumber(column.bigQueryType())
        ? new BigDecimal(left).compareTo(new BigDecimal(right))
        : Arrays.compareUnsigned(
            left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean isNumber(StandardSQLTypeName type) {
    return type == StandardSQLTypeName.INT64
        || type == StandardSQLTypeName.NUMERIC
        || type == StandardSQLTypeName.BIGNUMERIC;
  }
}
