package io.deltaferry.cli.doctor.database;

import io.deltaferry.sql.DeltaSource;
import io.deltaferry.sql.PgIdentifier;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The statement that needs every privilege an extraction needs, and reads no row. */
final class ReadProbe {
  private ReadProbe() {}

  /**
   * The line break keeps a comment at the filter's end from hiding the parenthesis:
   *
   * <pre>SELECT "a", .. FROM source WHERE (filter) LIMIT 0</pre>
   */
  static String sql(DeltaSource source, List<String> columns, @Nullable String filter) {
    String items = columns.stream().map(PgIdentifier::quote).collect(Collectors.joining(", "));
    String where = filter == null ? "" : " WHERE (" + filter + "\n)";
    return "SELECT " + items + " FROM " + source.fromItem() + where + " LIMIT 0";
  }
}
