package io.deltaferry.message;

/**
 * Says that a run's delta stands in its temp table.
 *
 * @param seq the run's number, from 1
 * @param manifest object name of the run's manifest in the bucket
 * @param tempTable table id in the staging dataset
 */
public record LoadedDelta(String table, long seq, String manifest, String tempTable) {}
