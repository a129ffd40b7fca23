package io.deltaferry.localgcp.bigquery.job;

import io.deltaferry.localgcp.bigquery.catalog.TableEntry;
import io.deltaferry.localgcp.bigquery.type.FieldMode;
import io.deltaferry.localgcp.bigquery.type.FieldSchema;
import io.deltaferry.localgcp.bigquery.type.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether rows of one schema can be appended to a table of another. */
final class SchemaFit {
  private SchemaFit() {}

  /**
   * The table's schema after the append: its own, or with new columns at the end.
   *
   * @throws JobFailure invalid, worded as BigQuery words it
   */
  static TableSchema merge(TableEntry table, TableSchema rows, boolean mayWiden) {
    List<FieldSchema> merged = new ArrayList<>(table.schema().fields());
    for (FieldSchema field : rows.fields()) {
      Optional<FieldSchema> own = table.schema().field(field.name());
      if (own.isPresent()) {
        sameType(table, own.get(), field);
      } else if (mayWiden) {
        merged.add(field);
      } else {
        throw mismatch(table, "Cannot add fields (field: " + field.name() + ")");
      }
    }
    for (FieldSchema own : table.schema().fields()) {
      if (own.mode() == FieldMode.REQUIRED && rows.field(own.name()).isEmpty()) {
        throw mismatch(table, "Field " + own.name() + " is missing in new schema");
      }
    }
    return new TableSchema(merged);
  }

  private static void sameType(TableEntry table, FieldSchema own, FieldSchema other) {
    if (own.type() != other.type()) {
      throw mismatch(
          table,
          "Field " + own.name() + " has changed type from " + own.type() + " to " + other.type());
    }
    if (own.isRepeated() != other.isRepeated()) {
      throw mismatch(
          table,
          "Field " + own.name() + " has changed mode from " + own.mode() + " to " + other.mode());
    }
    for (FieldSchema member : own.fields()) {
      other.fields().stream()
          .filter(candidate -> candidate.name().equalsIgnoreCase(member.name()))
          .findFirst()
          .ifPresentOrElse(
              found -> sameType(table, member, found),
              () -> {
                throw mismatch(
                    table,
                    "Field " + own.name() + "." + member.name() + " is missing in new schema");
              });
    }
  }

  private static JobFailure mismatch(TableEntry table, String why) {
    return JobFailure.invalid("Provided Schema does not match Table " + table.id() + ". " + why);
  }
}
