package io.deltaferry.cli.manifest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The keys of a manifest's tables, and why some of them have no counterpart. */
final class ManifestKeys {
  static final List<String> ALL =
      List.of(
          ReadManifest.DATABASE,
          "import_schema",
          ReadManifest.QUERY,
          "import_query_params",
          "export_db",
          "export_schema",
          ReadManifest.EXPORT_TABLE,
          ReadManifest.KEY,
          "export_table_composite_key",
          "additional_filtering",
          "incremental_type",
          "advanced_metadata",
          "dbt_source_model",
          "dbt_snapshots",
          "deletes_exempt");

  private ManifestKeys() {}

  /** What a manifest may ask for and no entry says, with the reason. */
  static Map<String, String> withoutCounterpart() {
    Map<String, String> reasons = new LinkedHashMap<>();
    reasons.put("export_db", "the target is the table file's");
    reasons.put("dbt_source_model", "nothing here reads it");
    reasons.put("dbt_snapshots", "nothing here reads it");
    reasons.put("deletes_exempt", "an increment never looks for deleted rows");
    return reasons;
  }
}
