package io.deltaferry.table;

/**
 * Where in BigQuery the tables, the temp tables and the control tables live.
 *
 * @param project Google Cloud project id
 * @param dataset of target tables that name none
 * @param stagingDataset of temp tables
 * @param controlDataset of state and ledger
 * @param location of all three, such as {@code US} or {@code europe-west1}
 */
public record TargetConfig(
    String project,
    String dataset,
    String stagingDataset,
    String controlDataset,
    String location) {}
