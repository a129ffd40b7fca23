package io.deltaferry.postgres;

/**
 * How large a table is, about.
 *
 * @param rows live rows when last analysed
 * @param pages of 8 KiB
 * @param known false when a part was never analysed; then the numbers are too small
 */
public record TableEstimate(long rows, long pages, boolean known) {}
