package io.deltaferry.localgcp.bigquery.catalog;

import io.deltaferry.localgcp.bigquery.type.DuckTypes;
import io.deltaferry.localgcp.bigquery.type.FieldMode;
import io.deltaferry.localgcp.bigquery.type.FieldSchema;
import io.deltaferry.localgcp.bigquery.type.TableSchema;
import io.deltaferry.localgcp.http.GoogleError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What tables.patch may do to a schema: add columns, relax REQUIRED, change descriptions. */
final class SchemaChange {
  private SchemaChange() {}

  /**
   * The DuckDB statements that turn the table's columns into the new ones.
   *
   * @throws GoogleError invalid, worded as BigQuery words it, for any other change
   */
  static List<String> statements(TableEntry before, TableSchema after) {
    after.checked();
    String alter = "ALTER TABLE " + before.id().quoted() + " ";
    List<String> statements = new ArrayList<>();
    for (FieldSchema old : before.schema().fields()) {
      FieldSchema now =
          after.field(old.name()).orElseThrow(() -> refused(before, missing(old.name())));
      sameType(before, old, now, old.name());
      if (old.mode() == FieldMode.REQUIRED && now.mode() == FieldMode.NULLABLE) {
        statements.add(alter + "ALTER " + DuckTypes.quote(old.name()) + " DROP NOT NULL");
      }
    }
    for (FieldSchema field : after.fields()) {
      if (before.schema().field(field.name()).isEmpty()) {
        statements.add(alter + "ADD COLUMN " + added(before, field));
      }
    }
    boolean standIn = before.schema().fields().isEmpty() && !statements.isEmpty();
    if (standIn) {
      statements.add(alter + "DROP COLUMN " + DuckTypes.quote(Catalog.NO_COLUMNS));
    }
    checkOrder(before, after);
    return statements;
  }

  private static String added(TableEntry before, FieldSchema field) {
    if (field.mode() == FieldMode.REQUIRED) {
      throw refused(
          before,
          "Cannot add required fields to an existing schema. (field: " + field.name() + ")");
    }
    // DuckDB cannot add NOT NULL columns to rows that exist; an absent list reads as empty.
    String column = DuckTypes.quote(field.name()) + " " + DuckTypes.of(field);
    return field.isRepeated() ? column + " DEFAULT []" : column;
  }

  private static void sameType(TableEntry before, FieldSchema old, FieldSchema now, String path) {
    if (old.type() != now.type()) {
      throw refused(
          before, "Field " + path + " has changed type from " + old.type() + " to " + now.type());
    }
    boolean relaxed = old.mode() == FieldMode.REQUIRED && now.mode() == FieldMode.NULLABLE;
    if (old.mode() != now.mode() && !relaxed) {
      throw refused(
          before, "Field " + path + " has changed mode from " + old.mode() + " to " + now.mode());
    }
    if (old.fields().size() != now.fields().size()) {
      throw new GoogleError(
          501, "notImplemented", "Field " + path + ": changing a RECORD is not supported here");
    }
    for (int i = 0; i < old.fields().size(); i++) {
      FieldSchema member = old.fields().get(i);
      Optional<FieldSchema> other =
          now.fields().stream().filter(f -> f.name().equalsIgnoreCase(member.name())).findFirst();
      String memberPath = path + "." + member.name();
      FieldSchema same = other.orElseThrow(() -> refused(before, missing(memberPath)));
      if (now.fields().indexOf(same) != i) {
        // DuckDB's struct keeps its order, and rows are read by it.
        throw new GoogleError(
            501,
            "notImplemented",
            "Field " + path + ": the fields of a RECORD must keep their order here");
      }
      sameType(before, member, same, memberPath);
    }
  }

  /** BigQuery keeps the columns' order; so new ones stand last. */
  private static void checkOrder(TableEntry before, TableSchema after) {
    for (int i = 0; i < before.schema().fields().size(); i++) {
      String expected = before.schema().fields().get(i).name();
      if (!after.fields().get(i).name().equalsIgnoreCase(expected)) {
        throw new GoogleError(
            501,
            "notImplemented",
            "Table " + before.id() + ": new columns must stand after the existing ones here");
      }
    }
  }

  private static String missing(String field) {
    return "Field " + field + " is missing in new schema";
  }

  private static GoogleError refused(TableEntry table, String why) {
    return GoogleError.invalid("Provided Schema does not match Table " + table.id() + ". " + why);
  }
}
