package io.deltaferry.localgcp.bigquery.type;

/** Whether a field may be absent, must be present, or is a list. */
public enum FieldMode {
  NULLABLE,
  REQUIRED,
  REPEATED
}
