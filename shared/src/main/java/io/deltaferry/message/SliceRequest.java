package io.deltaferry.message;

/**
 * Asks for one slice of a run to be extracted.
 *
 * @param seq the run's number, from 1
 * @param slice the slice's path in the plan
 * @param planHash of the plan that is meant; one that was changed since is refused
 */
public record SliceRequest(String table, long seq, String slice, String planHash) {}
