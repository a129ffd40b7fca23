package io.deltaferry.localgcp.bigquery.sql;

import static java.util.Objects.requireNonNull;

/**
 * What stands for one {@code $n} of the DuckDB text. Every value is bound as a {@link String} (or
 * null) in the form the REST API uses for that type; the text casts it. Arrays and structs are
 * bound as JSON text.
 */
public sealed interface Binding {
  /** The GoogleSQL type of the value. */
  String type();

  /** A named parameter; the name is in lower case. */
  record Named(String name, String type) implements Binding {
    public Named {
      requireNonNull(name);
      requireNonNull(type);
    }
  }

  /** A positional parameter, counted from 0 over the whole script. */
  record Positional(int index, String type) implements Binding {
    public Positional {
      requireNonNull(type);
    }
  }

  /** {@code @@row_count}: rows affected by the DML statement before this one in the script. */
  record RowCount() implements Binding {
    @Override
    public String type() {
      return "INT64";
    }
  }
}
