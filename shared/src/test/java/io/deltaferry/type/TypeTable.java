package io.deltaferry.type;

import java.util.List;

/** THE table of types with their edge values: what PostgreSQL holds and what is staged. */
final class TypeTable {
  private static final String BIGNUMERIC_MAX =
      "578960446186580977117854925043439539266.34992332820282019728792003956564819967";

  private TypeTable() {}

  static final List<String> SETUP =
      List.of(
          "CREATE EXTENSION citext",
          "CREATE EXTENSION hstore",
          "CREATE EXTENSION ltree",
          "CREATE EXTENSION isn",
          "CREATE TYPE mood AS ENUM ('sad', 'so, so', 'Über \"happy\"')",
          "CREATE TYPE pair AS (a int, b text, c numeric)",
          "CREATE DOMAIN price AS numeric(12,2) CHECK (VALUE >= 0)",
          "CREATE DOMAIN dear_price AS price",
          "CREATE DOMAIN tags AS text[]");

  static List<TypeCase> cases() {
    return List.of(
        TypeCase.of("int2", "smallint", "INT64").same("-32768").same("32767").same("0"),
        TypeCase.of("int4", "integer", "INT64").same("-2147483648").same("2147483647"),
        TypeCase.of("int8", "bigint", "INT64")
            .same("-9223372036854775808")
            .same("9223372036854775807"),
        TypeCase.of("oid", "oid", "INT64").same("0").same("4294967295"),
        TypeCase.of("xid8", "xid8", "NUMERIC(20, 0)").same("3").same("18446744073709551615"),
        TypeCase.of("numeric", "numeric(10,2)", "NUMERIC(10, 2)")
            .same("-99999999.99")
            .same("99999999.99")
            .same("0.00"),
        TypeCase.of("numeric", "numeric(38,9)", "NUMERIC(38, 9)")
            .same("99999999999999999999999999999.999999999"),
        TypeCase.of("numeric", "numeric(5)", "NUMERIC(5, 0)").same("99999"),
        TypeCase.of("numeric", "numeric(3,-2)", "NUMERIC(5, 0)").with("12345", "12300"),
        TypeCase.of("numeric", "numeric(2,5)", "NUMERIC(5, 5)").same("0.00099"),
        TypeCase.of("numeric", "numeric(39,9)", "BIGNUMERIC(39, 9)")
            .same("-999999999999999999999999999999.999999999"),
        TypeCase.of("numeric", "numeric(76,38)", "BIGNUMERIC(76, 38)")
            .same("99999999999999999999999999999999999999.99999999999999999999999999999999999999"),
        TypeCase.of("numeric", "numeric(77,38)", "STRING")
            .same("NaN")
            .with("1.5", zeros("1.5", 37)),
        TypeCase.of("numeric", "numeric(40,39)", "STRING").with("0", zeros("0.", 39)),
        TypeCase.of("numeric", "numeric", "BIGNUMERIC")
            .same("0")
            .same("1.500")
            .same(BIGNUMERIC_MAX)
            .same(
                "-578960446186580977117854925043439539266.3499233282028201972879200395656481996"
                    + "8")
            .same("0.00000000000000000000000000000000000001"),
        TypeCase.of("numeric", "price", "NUMERIC(12, 2)").same("12.50"),
        TypeCase.of("numeric", "dear_price", "NUMERIC(12, 2)").same("9999999999.99"),
        TypeCase.of("float4", "real", "FLOAT64")
            .same("0.1")
            .same("3.4028235e+38")
            .same("1e-45")
            .same("NaN")
            .same("Infinity")
            .same("-Infinity")
            .same("-0"),
        TypeCase.of("float8", "double precision", "FLOAT64")
            .same("0.1")
            .same("0.30000000000000004")
            .same("1.7976931348623157e+308")
            .same("5e-324")
            .same("NaN")
            .same("Infinity")
            .same("-Infinity"),
        TypeCase.of("money", "money", "NUMERIC")
            .with("-92233720368547758.08", "-92233720368547758.08")
            .with("1234.5", "1234.50"),
        TypeCase.of("bool", "boolean", "BOOL").with("true", "t").with("false", "f"),
        TypeCase.of("text", "text", "STRING")
            .same("")
            .same("NULL")
            .same("\\N")
            .same("\\.")
            .same("a,b\"c\"\"\r\nd\t^'\\")
            .same("\u0001\u0002\u0007\b\u001f\u007f")
            .same("😀 é \u2028 \uFEFF"),
        TypeCase.of("varchar", "varchar(5)", "STRING").same("").same("a b  "),
        TypeCase.of("bpchar", "char(5)", "STRING").with("ab", "ab").with("", "").with(" a", " a"),
        TypeCase.of("name", "name", "STRING").same("My Name"),
        TypeCase.of("char", "\"char\"", "STRING").same("x"),
        TypeCase.of("citext", "citext", "STRING").same("MiXed"),
        TypeCase.of("xml", "xml", "STRING").same("<a b=\"c\">d &amp; e</a>"),
        TypeCase.of("ltree", "ltree", "STRING").same("Top.Science"),
        TypeCase.of("isbn", "isbn", "STRING").same("1-85723-193-7"),
        TypeCase.of("isbn13", "isbn13", "STRING").same("978-0-393-04002-9"),
        TypeCase.of("issn", "issn", "STRING").same("1436-4522"),
        TypeCase.of("issn13", "issn13", "STRING").same("977-1436-452-00-8"),
        TypeCase.of("ismn", "ismn", "STRING").same("M-2306-7118-7"),
        TypeCase.of("ismn13", "ismn13", "STRING").same("979-0-2306-7118-7"),
        TypeCase.of("ean13", "ean13", "STRING").same("220-356483048-1"),
        TypeCase.of("upc", "upc", "STRING").same("220356483481"),
        TypeCase.of("enum", "mood", "STRING").same("sad").same("so, so").same("Über \"happy\""),
        TypeCase.of("inet", "inet", "STRING").same("192.168.0.1").same("::1/64").same("10.0.0.0/8"),
        TypeCase.of("cidr", "cidr", "STRING").with("10.0.0.0/8", "10.0.0.0/8"),
        TypeCase.of("macaddr", "macaddr", "STRING").same("08:00:2b:01:02:03"),
        TypeCase.of("macaddr8", "macaddr8", "STRING").same("08:00:2b:01:02:03:04:05"),
        TypeCase.of("pg_lsn", "pg_lsn", "STRING").same("16/B374D848"),
        TypeCase.of("tsvector", "tsvector", "STRING").with("a fat:2 cat:1", "'a' 'cat':1 'fat':2"),
        TypeCase.of("tsquery", "tsquery", "STRING").with("fat & rat", "'fat' & 'rat'"),
        TypeCase.of("jsonpath", "jsonpath", "STRING").with("$.a[*]", "$.\"a\"[*]"),
        TypeCase.of("point", "point", "STRING").same("(0.1,-1e+300)"),
        TypeCase.of("line", "line", "STRING").same("{1,-1,0.30000000000000004}"),
        TypeCase.of("lseg", "lseg", "STRING").same("[(0,0),(1,1)]"),
        TypeCase.of("box", "box", "STRING").same("(1,1),(0,0)"),
        TypeCase.of("path", "path", "STRING").same("((0,0),(1,1))").same("[(0,0),(1,1)]"),
        TypeCase.of("polygon", "polygon", "STRING").same("((0,0),(1,1),(1,0))"),
        TypeCase.of("circle", "circle", "STRING").same("<(0,0),2.5>"),
        TypeCase.of("uuid", "uuid", "STRING").same("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
        TypeCase.of("bytea", "bytea", "BYTES")
            .with("", "")
            .with("\\x00ff", "AP8=")
            .withSql("decode(repeat('ab', 100), 'hex')", "q6ur".repeat(33) + "qw=="),
        TypeCase.of("bit", "bit(3)", "STRING").same("101"),
        TypeCase.of("varbit", "varbit(8)", "STRING").same("").same("1"),
        TypeCase.of("date", "date", "DATE")
            .same("0001-01-01")
            .same("9999-12-31")
            .same("2024-02-29")
            .with("infinity", "9999-12-31")
            .with("-infinity", "0001-01-01")
            .with("0044-03-15 BC", "0001-01-01")
            .with("10000-01-01", "9999-12-31"),
        TypeCase.of("timestamp", "timestamp", "DATETIME")
            .same("0001-01-01 00:00:00")
            .same("9999-12-31 23:59:59.999999")
            .same("2024-03-10 02:30:00.123456")
            .with("infinity", "9999-12-31 23:59:59.999999")
            .with("-infinity", "0001-01-01 00:00:00")
            .with("4713-01-01 00:00:00 BC", "0001-01-01 00:00:00"),
        TypeCase.of("timestamptz", "timestamptz", "TIMESTAMP")
            .same("0001-01-01 00:00:00+00")
            .same("9999-12-31 23:59:59.999999+00")
            .with("2024-07-01 12:00:00.000001-03:30", "2024-07-01 15:30:00.000001+00")
            .with("1883-01-01 00:00:00 America/St_Johns", "1883-01-01 03:30:52+00")
            .with("infinity", "9999-12-31 23:59:59.999999+00")
            .with("-infinity", "0001-01-01 00:00:00+00")
            .with("0001-01-01 00:00:00+01", "0001-01-01 00:00:00+00")
            .with("9999-12-31 23:59:59.999999-01", "9999-12-31 23:59:59.999999+00"),
        TypeCase.of("time", "time", "TIME")
            .same("00:00:00")
            .same("23:59:59.999999")
            .with("24:00:00", "23:59:59.999999"),
        TypeCase.of("timetz", "timetz", "STRING").same("12:00:00.5-03:30").same("24:00:00+00"),
        TypeCase.of("interval", "interval", "STRING")
            .with("1 year 2 mons -3 days 04:05:06.789", "P1Y2M-3DT4H5M6.789S")
            .with("0", "PT0S"),
        TypeCase.of("json", "json", "JSON")
            .same("{\"a\" : [1, 2.50, null, \"x,\\\"y\"]}")
            .same("null")
            .same("12345678901234567890123"),
        TypeCase.of("jsonb", "jsonb", "JSON")
            .with("{\"b\":1e3,\"a\":0.1}", "{\"a\": 0.1, \"b\": 1000}")
            .same("\"\"")
            .same("18446744073709551615")
            .same("{\"digits\": \"12345678901234567890123\"}"),
        TypeCase.of("array", "int[]", "JSON")
            .with("{}", "[]")
            .with("{1,NULL,3}", "[1, null, 3]")
            .with("{{1,2},{3,4}}", "[[1, 2], [3, 4]]")
            .with("[0:1]={7,8}", "[7, 8]"),
        TypeCase.of("array", "text[]", "JSON")
            .with("{\"\",NULL,\"NULL\",\"a,\\\"b\"}", "[\"\", null, \"NULL\", \"a,\\\"b\"]"),
        TypeCase.of("array", "double precision[]", "JSON")
            .with("{0.1,NaN,-Infinity}", "[0.1, \"NaN\", \"-Infinity\"]"),
        TypeCase.of("array", "timestamptz[]", "JSON")
            .with("{2024-07-01 12:00:00-03:30}", "[\"2024-07-01T15:30:00+00:00\"]"),
        TypeCase.of("array", "interval[]", "JSON").with("{1 day}", "[\"P1D\"]"),
        TypeCase.of("array", "bytea[]", "JSON").with("{\"\\\\x00ff\"}", "[\"\\\\x00ff\"]"),
        TypeCase.of("array", "money[]", "JSON").with("{1234.5}", "[1234.50]"),
        TypeCase.of("array", "oid[]", "JSON").with("{4294967295}", "[4294967295]"),
        TypeCase.of("array", "char(3)[]", "JSON").with("{a}", "[\"a\"]"),
        TypeCase.of("array", "mood[]", "JSON").with("{sad}", "[\"sad\"]"),
        TypeCase.of("array", "jsonb[]", "JSON").with("{\"{\\\"a\\\": 1}\"}", "[{\"a\": 1}]"),
        TypeCase.of("array", "tags", "JSON").with("{a,b}", "[\"a\", \"b\"]"),
        TypeCase.of("composite", "pair", "JSON")
            .with("(1,\"x, y\",1.50)", "{\"a\": 1, \"b\": \"x, y\", \"c\": 1.50}")
            .withSql("ROW(NULL, NULL, NULL)", "{\"a\": null, \"b\": null, \"c\": null}"),
        TypeCase.of("composite", "pair[]", "JSON")
            .withSql("ARRAY[ROW(1, NULL, NULL)::pair]", "[{\"a\": 1, \"b\": null, \"c\": null}]"),
        TypeCase.of("range", "int4range", "JSON")
            .with("[1,5)", range("1", "5", true, false))
            .with(
                "empty",
                "{\"empty\": true, \"lower\": null, \"upper\": null,"
                    + " \"lower_inclusive\": false, \"upper_inclusive\": false}")
            .with("(,5]", range("null", "6", false, false)),
        TypeCase.of("range", "tstzrange", "JSON")
            .with(
                "[2024-01-01 00:00:00+01,]",
                range("\"2023-12-31T23:00:00+00:00\"", "null", true, false)),
        TypeCase.of("range", "numrange", "JSON").with("(1.50,2]", range("1.50", "2", false, true)),
        TypeCase.of("multirange", "int4multirange", "JSON")
            .with("{}", "[]")
            .with(
                "{[1,2),[5,7)}",
                "[" + range("1", "2", true, false) + ", " + range("5", "7", true, false) + "]"),
        TypeCase.of("hstore", "hstore", "JSON")
            .with("a=>1,b=>NULL", "{\"a\": \"1\", \"b\": null}"));
  }

  private static String range(String lower, String upper, boolean lowerIn, boolean upperIn) {
    return "{\"empty\": false, \"lower\": %s, \"upper\": %s, \"lower_inclusive\": %s, \"upper_inclusive\": %s}"
        .formatted(lower, upper, lowerIn, upperIn);
  }

  private static String zeros(String text, int count) {
    return text + "0".repeat(count);
  }
}
