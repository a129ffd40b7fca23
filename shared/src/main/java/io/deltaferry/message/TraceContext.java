package io.deltaferry.message;

/**
 * The trace a request belongs to.
 *
 * @param traceId 32 hex digits
 * @param spanId 16 hex digits
 */
public record TraceContext(String traceId, String spanId, boolean sampled) {}
