package io.deltaferry.localgcp.bigquery.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.bigquery.type.TableSchema;
import org.jspecify.annotations.Nullable;

/**
 * A table or view as it is kept.
 *
 * @param number never used again, so a table that was dropped and made anew is told from its
 *     predecessor
 * @param created epoch milliseconds
 * @param expires epoch milliseconds; null for never
 * @param properties what the caller may set besides, in the API's form: description, labels,
 *     timePartitioning, clustering, tableConstraints, view ..
 */
public record TableEntry(
    TableId id,
    TableKind kind,
    long number,
    long created,
    @Nullable Long expires,
    TableSchema schema,
    ObjectNode properties) {
  public TableEntry {
    properties = properties.deepCopy();
  }

  @Override
  public ObjectNode properties() {
    return properties.deepCopy();
  }

  public boolean view() {
    return kind == TableKind.VIEW;
  }

  /** Whether the other is this very table in some state, and no namesake. */
  boolean sameAs(TableEntry other) {
    return number == other.number;
  }

  boolean expiredAt(long millis) {
    return expires != null && expires <= millis;
  }

  public TableEntry withSchema(TableSchema other) {
    return new TableEntry(id, kind, number, created, expires, other, properties);
  }

  public TableEntry withExpires(@Nullable Long other) {
    return new TableEntry(id, kind, number, created, other, schema, properties);
  }

  public TableEntry withProperties(ObjectNode other) {
    return new TableEntry(id, kind, number, created, expires, schema, other);
  }

  TableEntry withId(TableId other) {
    return new TableEntry(other, kind, number, created, expires, schema, properties);
  }
}
