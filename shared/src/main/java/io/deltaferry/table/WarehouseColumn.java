package io.deltaferry.table;

/**
 * A column as BigQuery describes it.
 *
 * @param type with its parameters, such as {@code NUMERIC(10, 2)}; REPEATED is {@code ARRAY<..>}
 * @param required whether NULL is refused
 */
public record WarehouseColumn(String name, String type, boolean required) {}
