package io.deltaferry.testing;

import java.util.List;

/**
 * Types of extensions that are not part of PostgreSQL, under their names and with their text forms,
 * as far as the mapping asks anything of them. PostGIS lies in two schemas here, one of them not on
 * any search path.
 */
final class StandIns {
  private StandIns() {}

  static List<String> sql() {
    return List.of(
            plain("vector"),
            plain("halfvec"),
            plain("sparsevec"),
            geometry("public", "geometry"),
            List.of("CREATE SCHEMA gis"),
            geometry("gis", "geography"))
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  /** A type whose text is stored as it is written. */
  private static List<String> plain(String name) {
    return List.of(
        "CREATE TYPE " + name,
        "CREATE FUNCTION %1$s_in(cstring) RETURNS %1$s STRICT LANGUAGE internal AS 'textin'"
            .formatted(name),
        "CREATE FUNCTION %1$s_out(%1$s) RETURNS cstring STRICT LANGUAGE internal AS 'textout'"
            .formatted(name),
        "CREATE TYPE %1$s (INPUT = %1$s_in, OUTPUT = %1$s_out, LIKE = text)".formatted(name));
  }

  /** EWKT, and a modifier that holds the SRID where PostGIS has it. */
  private static List<String> geometry(String schema, String name) {
    String type = schema + "." + name;
    return List.of(
        "CREATE TYPE " + type,
        "CREATE FUNCTION %1$s_in(cstring) RETURNS %1$s STRICT LANGUAGE internal AS 'textin'"
            .formatted(type),
        "CREATE FUNCTION %1$s_out(%1$s) RETURNS cstring STRICT LANGUAGE internal AS 'textout'"
            .formatted(type),
        """
        CREATE FUNCTION %1$s_typmod_in(mods cstring[]) RETURNS int IMMUTABLE STRICT LANGUAGE plpgsql
        AS 'BEGIN RETURN (pg_catalog.format(''%%s'', mods[2])::int << 8) & 268435200; END'"""
            .formatted(type),
        "CREATE TYPE %1$s (INPUT = %1$s_in, OUTPUT = %1$s_out, TYPMOD_IN = %1$s_typmod_in, LIKE = text)"
            .formatted(type),
        "CREATE FUNCTION %2$s.st_asewkt(%1$s) RETURNS text IMMUTABLE STRICT LANGUAGE sql AS 'SELECT $1::text'"
            .formatted(type, schema),
        """
        CREATE FUNCTION %2$s.st_astext(%1$s) RETURNS text IMMUTABLE STRICT LANGUAGE sql
        AS 'SELECT pg_catalog.regexp_replace($1::text, ''^SRID=[0-9]+;'', '''')'"""
            .formatted(type, schema),
        latitude(type, schema, "ymin"),
        latitude(type, schema, "ymax"));
  }

  /** Of a point, which both of them are. */
  private static String latitude(String type, String schema, String name) {
    return """
        CREATE FUNCTION %2$s.st_%3$s(%1$s) RETURNS float8 IMMUTABLE STRICT LANGUAGE sql
        AS 'SELECT pg_catalog.substring($1::text, '' (-?[0-9.]+)[)]$'')::float8'"""
        .formatted(type, schema, name);
  }
}
