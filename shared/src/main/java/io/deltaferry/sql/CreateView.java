package io.deltaferry.sql;

import io.deltaferry.table.TableRef;
import java.util.Map;

/**
 * A view as a statement.
 *
 * <pre>
 * CREATE OR REPLACE VIEW path
 * OPTIONS (description, labels)
 * AS query
 * </pre>
 *
 * @param query GoogleSQL
 */
public record CreateView(
    TableRef ref, String query, String description, Map<String, String> labels) {
  public CreateView {
    labels = Map.copyOf(labels);
  }

  /** Makes the view, in the place of an older one. */
  public Statement statement() {
    return Statement.of(
        """
        CREATE OR REPLACE VIEW %s
        OPTIONS (
          %s
        ) AS
        %s"""
            .formatted(
                MergeScript.path(ref),
                String.join(",\n  ", TableOptions.of(description, labels)),
                query));
  }
}
