package io.deltaferry.localgcp.bigquery.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A dataset as it is kept.
 *
 * @param created epoch milliseconds
 * @param modified epoch milliseconds
 * @param properties what the caller may set, in the API's form: description, labels, location,
 *     defaultTableExpirationMs ..
 */
public record DatasetEntry(DatasetId id, long created, long modified, ObjectNode properties) {
  public DatasetEntry {
    properties = properties.deepCopy();
  }

  @Override
  public ObjectNode properties() {
    return properties.deepCopy();
  }

  /** How long a new table lives, in milliseconds; 0 for ever. */
  public long defaultTableExpiration() {
    return properties.path("defaultTableExpirationMs").asLong(0);
  }
}
