package io.deltaferry.type;

import static io.deltaferry.type.BqType.Name.BOOL;
import static io.deltaferry.type.BqType.Name.BYTES;
import static io.deltaferry.type.BqType.Name.DATE;
import static io.deltaferry.type.BqType.Name.DATETIME;
import static io.deltaferry.type.BqType.Name.FLOAT64;
import static io.deltaferry.type.BqType.Name.INT64;
import static io.deltaferry.type.BqType.Name.NUMERIC;
import static io.deltaferry.type.BqType.Name.STRING;
import static io.deltaferry.type.BqType.Name.TIME;
import static io.deltaferry.type.BqType.Name.TIMESTAMP;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The base types whose mapping their name decides. */
final class ScalarRules {
  /** Their output is their text, whatever the session, once it is pinned. */
  private static final List<String> TEXTS =
      List.of(
          "text",
          "varchar",
          "name",
          "char",
          "citext",
          "xml",
          "ltree",
          "uuid",
          "inet",
          "cidr",
          "macaddr",
          "macaddr8",
          "pg_lsn",
          "tsvector",
          "tsquery",
          "jsonpath",
          "bit",
          "varbit",
          "timetz",
          "interval",
          "point",
          "line",
          "lseg",
          "box",
          "path",
          "polygon",
          "circle",
          "isbn",
          "isbn13",
          "issn",
          "issn13",
          "ismn",
          "ismn13",
          "ean13",
          "upc",
          "sparsevec");

  private static final Map<String, Rule> RULES = rules();

  private ScalarRules() {}

  /** All names that have a rule here, in the order of the table. */
  static Set<String> names() {
    return RULES.keySet();
  }

  static Optional<Rule> of(String name) {
    return Optional.ofNullable(RULES.get(name));
  }

  private static Map<String, Rule> rules() {
    Map<String, Rule> rules = new LinkedHashMap<>();
    List.of("int2", "int4", "int8", "oid").forEach(name -> rules.put(name, Rule.plain(INT64)));
    // Unsigned 64 bits: beyond INT64 in theory, and a STRING would not sort.
    rules.put("xid8", new Rule(new BqType(NUMERIC, 20, 0), "{c}", "{c}", null));
    List.of("float4", "float8").forEach(name -> rules.put(name, Rule.plain(FLOAT64)));
    // Its own text has the locale's symbol and grouping.
    rules.put("money", new Rule(BqType.of(NUMERIC), "{c}::numeric", "{c}::numeric::text", null));
    rules.put("bool", Rule.plain(BOOL));
    TEXTS.forEach(name -> rules.put(name, Rule.plain(STRING)));
    // The cast drops the padding, as every comparison of char(n) does.
    rules.put("bpchar", new Rule(BqType.of(STRING), "{c}::text", "{c}::text", null));
    // encode() breaks lines at 76 characters; BigQuery reads no line breaks.
    rules.put(
        "bytea",
        Rule.of(BYTES, "pg_catalog.replace(pg_catalog.encode({c}, 'base64'), E'\\n', '')"));
    rules.put("date", Rule.plain(DATE).losing(Loss.DATE));
    rules.put("timestamp", Rule.plain(DATETIME).losing(Loss.TIMESTAMP));
    rules.put("timestamptz", Rule.plain(TIMESTAMP).losing(Loss.TIMESTAMPTZ));
    rules.put("time", Rule.plain(TIME).losing(Loss.TIME));
    rules.put("json", Rule.json("{c}", true));
    rules.put("jsonb", Rule.json("{c}", true));
    rules.put("hstore", Rule.json("pg_catalog.to_jsonb({c})", false));
    // pgvector prints its vectors as JSON arrays of numbers.
    rules.put("vector", Rule.json("{c}::text", false));
    rules.put("halfvec", Rule.json("{c}::text", false));
    return rules;
  }
}
