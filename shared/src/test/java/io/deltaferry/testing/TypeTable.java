package io.deltaferry.testing;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * THE table of types with their edge values: what PostgreSQL holds, what is staged, and what
 * BigQuery shows at last. Written by hand from the two products' documentation, not from the code.
 */
public final class TypeTable {
  static final String BIGNUMERIC_MAX =
      "578960446186580977117854925043439539266.34992332820282019728792003956564819967";

  /** Without its sign. */
  static final String BIGNUMERIC_MIN =
      "578960446186580977117854925043439539266.34992332820282019728792003956564819968";

  private static final String STAMP_HIGH = "9999-12-31 23:59:59.999999";

  private TypeTable() {}

  private static final List<String> TYPES =
      List.of(
          "CREATE EXTENSION citext",
          "CREATE EXTENSION hstore",
          "CREATE EXTENSION ltree",
          "CREATE EXTENSION isn",
          "CREATE TYPE mood AS ENUM ('sad', 'so, so', 'Über \"happy\"')",
          "CREATE TYPE pair AS (a int, b text, c numeric)",
          "CREATE DOMAIN price AS numeric(12,2) CHECK (VALUE >= 0)",
          "CREATE DOMAIN dear_price AS price",
          "CREATE DOMAIN tags AS text[]",
          "CREATE DOMAIN small_pair AS pair CHECK ((VALUE).a < 100)",
          "CREATE TYPE float_span AS RANGE (subtype = float8)",
          "CREATE TYPE cash_span AS RANGE (subtype = money, multirange_type_name = cash_spans)",
          "CREATE TYPE code_span AS RANGE (subtype = bpchar)",
          "CREATE TYPE \"gap  pair\" AS (\"a  b\" numeric, \"c  d\" money)",
          "CREATE TYPE parcel AS (inner_pair pair, sizes int[], worth money, valid daterange,"
              + " spans int4range[], \"odd \"\"it's\" char(3), dear dear_price, feel mood, code oid)");

  /** What must be there before the cases' types are. */
  public static List<String> setup() {
    return Stream.concat(TYPES.stream(), StandIns.sql().stream()).toList();
  }

  /** All cases, in the order of the mapping. */
  public static List<TypeCase> cases() {
    return List.of(
            numbers(), texts(), bytesAndBits(), times(), json(), arrays(), composites(), places())
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  private static List<TypeCase> numbers() {
    return List.of(
        TypeCase.of("int2", "smallint", "INT64").same("-32768").same("32767").same("0"),
        TypeCase.of("int4", "integer", "INT64").same("-2147483648").same("2147483647").same("0"),
        TypeCase.of("int8", "bigint", "INT64")
            .same("-9223372036854775808")
            .same("9223372036854775807")
            .same("9007199254740993"),
        TypeCase.of("oid", "oid", "INT64").same("0").same("4294967295"),
        TypeCase.of("xid8", "xid8", "NUMERIC(20, 0)")
            .same("0")
            .same("3")
            .same("18446744073709551615"),
        TypeCase.of("numeric", "numeric(10,2)", "NUMERIC(10, 2)")
            .same("-99999999.99")
            .same("99999999.99")
            .shown("0.00", "0")
            .shown("1.50", "1.5"),
        TypeCase.of("numeric", "numeric(38,9)", "NUMERIC(38, 9)")
            .same("99999999999999999999999999999.999999999")
            .same("-99999999999999999999999999999.999999999")
            .same("0.000000001"),
        TypeCase.of("numeric", "numeric(5)", "NUMERIC(5, 0)").same("99999").same("-99999"),
        TypeCase.of("numeric", "numeric(3,-2)", "NUMERIC(5, 0)").with("12345", "12300"),
        TypeCase.of("numeric", "numeric(2,5)", "NUMERIC(5, 5)").same("0.00099"),
        TypeCase.of("numeric", "numeric(39,9)", "BIGNUMERIC(39, 9)")
            .same("-999999999999999999999999999999.999999999")
            .same("999999999999999999999999999999.999999999"),
        TypeCase.of("numeric", "numeric(38,10)", "BIGNUMERIC(38, 10)").same("-0.0000000001"),
        TypeCase.of("numeric", "numeric(76,38)", "BIGNUMERIC(76, 38)")
            .same("99999999999999999999999999999999999999.99999999999999999999999999999999999999")
            .same("-99999999999999999999999999999999999999.99999999999999999999999999999999999999"),
        TypeCase.of("numeric", "numeric(77,38)", "STRING")
            .same("NaN")
            .with("1.5", zeros("1.5", 37))
            .same("-" + "9".repeat(39) + "." + "9".repeat(38))
            .same("9".repeat(39) + "." + "9".repeat(38)),
        TypeCase.of("numeric", "numeric(40,39)", "STRING").with("0", zeros("0.", 39)),
        TypeCase.of("numeric", "numeric", "BIGNUMERIC")
            .same("0")
            .shown("1.500", "1.5")
            .same(BIGNUMERIC_MAX)
            .same("-" + BIGNUMERIC_MIN)
            .same("0.00000000000000000000000000000000000001")
            .shown(zeros("7.5", 60), "7.5"),
        TypeCase.of("numeric", "price", "NUMERIC(12, 2)").shown("12.50", "12.5"),
        TypeCase.of("numeric", "dear_price", "NUMERIC(12, 2)").same("9999999999.99"),
        TypeCase.of("float4", "real", "FLOAT64")
            .same("0.1")
            .shown("3.4028235e+38", "3.4028235E38")
            .shown("-3.4028235e+38", "-3.4028235E38")
            .shown("1e-45", "1.0E-45")
            .same("NaN")
            .same("Infinity")
            .same("-Infinity")
            .shown("-0", "-0.0"),
        TypeCase.of("float8", "double precision", "FLOAT64")
            .same("0.1")
            .same("0.30000000000000004")
            .shown("1.7976931348623157e+308", "1.7976931348623157E308")
            .shown("-1.7976931348623157e+308", "-1.7976931348623157E308")
            .shown("5e-324", "4.9E-324")
            .shown("2.2250738585072014e-308", "2.2250738585072014E-308")
            .with("9007199254740993", "9.007199254740992e+15", "9.007199254740992E15")
            .same("NaN")
            .same("Infinity")
            .same("-Infinity")
            .shown("-0", "-0.0"),
        TypeCase.of("money", "money", "NUMERIC")
            .same("-92233720368547758.08")
            .same("92233720368547758.07")
            .with("1234.5", "1234.50", "1234.5"),
        TypeCase.of("bool", "boolean", "BOOL")
            .with("true", "t", "true")
            .with("false", "f", "false"));
  }

  private static List<TypeCase> texts() {
    return List.of(
        TypeCase.of("text", "text", "STRING")
            .same("")
            .same("NULL")
            .same("\\N")
            .same("\\.")
            .same("a,b\"c\"\"\r\nd\t^'\\")
            .same("\u0001\u0002\u0007\b\u001f\u007f")
            .same("😀 é \u2028 \uFEFF")
            .same("  blanks  "),
        TypeCase.of("varchar", "varchar(5)", "STRING").same("").same("a b  ").same("😀😀😀😀😀"),
        TypeCase.of("bpchar", "char(5)", "STRING")
            .with("ab", "ab")
            .with("", "")
            .with(" a", " a")
            .same("😀😀😀😀😀"),
        TypeCase.of("name", "name", "STRING").same("").same("My Name").same("n".repeat(63)),
        TypeCase.of("char", "\"char\"", "STRING").same("x").same("").same(" ").same("\u007f"),
        TypeCase.of("citext", "citext", "STRING").same("MiXed").same(""),
        TypeCase.of("xml", "xml", "STRING").same("<a b=\"c\">d &amp; e</a>"),
        TypeCase.of("ltree", "ltree", "STRING").same("Top.Science").same(""),
        TypeCase.of("isbn", "isbn", "STRING")
            .same("0-00-000000-0")
            .same("1-85723-193-7")
            .same("999999999-9"),
        TypeCase.of("isbn13", "isbn13", "STRING")
            .same("978-0-00-000000-2")
            .same("978-0-393-04002-9")
            .same("979-999999999-0"),
        TypeCase.of("issn", "issn", "STRING").same("0000-0000").same("1436-4522").same("9999-9994"),
        TypeCase.of("issn13", "issn13", "STRING")
            .same("977-0000-000-00-3")
            .same("977-1436-452-00-8")
            .same("977-9999-999-99-2"),
        TypeCase.of("ismn", "ismn", "STRING")
            .same("M-000-00000-1")
            .same("M-2306-7118-7")
            .same("M-9999999-9-7"),
        TypeCase.of("ismn13", "ismn13", "STRING")
            .same("979-0-000-00000-1")
            .same("979-0-2306-7118-7")
            .same("979-0-9999999-9-7"),
        TypeCase.of("ean13", "ean13", "STRING")
            .same("000-000000000-0")
            .same("220-356483048-1")
            .same("999-999999999-4"),
        TypeCase.of("upc", "upc", "STRING")
            .same("000000000000")
            .same("220356483481")
            .same("999999999993"),
        TypeCase.of("enum", "mood", "STRING").same("sad").same("so, so").same("Über \"happy\""),
        TypeCase.of("inet", "inet", "STRING")
            .same("192.168.0.1")
            .same("0.0.0.0/0")
            .same("0.0.0.0")
            .same("::1/64")
            .same("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")
            .same("10.0.0.0/8"),
        TypeCase.of("cidr", "cidr", "STRING")
            .same("10.0.0.0/8")
            .same("::/0")
            .same("0.0.0.0/0")
            .same("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128"),
        TypeCase.of("macaddr", "macaddr", "STRING")
            .same("08:00:2b:01:02:03")
            .same("00:00:00:00:00:00")
            .same("ff:ff:ff:ff:ff:ff"),
        TypeCase.of("macaddr8", "macaddr8", "STRING")
            .same("08:00:2b:01:02:03:04:05")
            .same("00:00:00:00:00:00:00:00")
            .same("ff:ff:ff:ff:ff:ff:ff:ff"),
        TypeCase.of("pg_lsn", "pg_lsn", "STRING")
            .same("0/0")
            .same("16/B374D848")
            .same("FFFFFFFF/FFFFFFFF"),
        TypeCase.of("tsvector", "tsvector", "STRING")
            .with("a fat:2 cat:1", "'a' 'cat':1 'fat':2")
            .same(""),
        TypeCase.of("tsquery", "tsquery", "STRING").with("fat & rat", "'fat' & 'rat'").same(""),
        TypeCase.of("jsonpath", "jsonpath", "STRING").with("$.a[*]", "$.\"a\"[*]"),
        TypeCase.of("point", "point", "STRING")
            .same("(0.1,-1e+300)")
            .same("(-1.7976931348623157e+308,1.7976931348623157e+308)")
            .same("(-Infinity,NaN)"),
        TypeCase.of("line", "line", "STRING").same("{1,-1,0.30000000000000004}"),
        TypeCase.of("lseg", "lseg", "STRING").same("[(0,0),(1,1)]"),
        TypeCase.of("box", "box", "STRING").same("(1,1),(0,0)"),
        TypeCase.of("path", "path", "STRING").same("((0,0),(1,1))").same("[(0,0),(1,1)]"),
        TypeCase.of("polygon", "polygon", "STRING").same("((0,0),(1,1),(1,0))"),
        TypeCase.of("circle", "circle", "STRING")
            .same("<(0,0),2.5>")
            .same("<(0,0),0>")
            .same("<(0,0),Infinity>"),
        TypeCase.of("uuid", "uuid", "STRING")
            .same("00000000-0000-0000-0000-000000000000")
            .same("ffffffff-ffff-ffff-ffff-ffffffffffff")
            .with("A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"));
  }

  private static List<TypeCase> bytesAndBits() {
    String every = Base64.getEncoder().encodeToString(everyByte());
    String repeated = "q6ur".repeat(33) + "qw==";
    return List.of(
        TypeCase.of("bytea", "bytea", "BYTES")
            .with("", "")
            .with("\\x00ff", "AP8=")
            .with("\\x" + HexFormat.of().formatHex(everyByte()), every)
            .withSql("decode(repeat('ab', 100), 'hex')", repeated, repeated),
        TypeCase.of("bit", "bit(3)", "STRING").same("101").same("000").same("111"),
        TypeCase.of("varbit", "varbit(8)", "STRING").same("").same("1").same("11111111"));
  }

  private static List<TypeCase> times() {
    return List.of(
        TypeCase.of("date", "date", "DATE")
            .same("0001-01-01")
            .same("9999-12-31")
            .same("2024-02-29")
            .same("1582-10-10")
            .same("1969-12-31")
            .lossy("infinity", "9999-12-31", "9999-12-31")
            .lossy("-infinity", "0001-01-01", "0001-01-01")
            .lossy("0044-03-15 BC", "0001-01-01", "0001-01-01")
            .lossy("10000-01-01", "9999-12-31", "9999-12-31")
            .lossy("4714-11-24 BC", "0001-01-01", "0001-01-01")
            .lossy("5874897-12-31", "9999-12-31", "9999-12-31"),
        TypeCase.of("timestamp", "timestamp", "DATETIME")
            .shown("0001-01-01 00:00:00", "0001-01-01T00:00:00")
            .shown("9999-12-31 23:59:59.999999", "9999-12-31T23:59:59.999999")
            .shown("2024-03-10 02:30:00.123456", "2024-03-10T02:30:00.123456")
            // In the gap of the tests' own zone.
            .shown("2024-09-29 03:00:00", "2024-09-29T03:00:00")
            .with("2024-07-01 12:00:00.5", "2024-07-01 12:00:00.5", "2024-07-01T12:00:00.500000")
            .shown("1969-12-31 23:59:59.999999", "1969-12-31T23:59:59.999999")
            .shown("1582-10-10 01:02:03", "1582-10-10T01:02:03")
            .lossy("infinity", STAMP_HIGH, "9999-12-31T23:59:59.999999")
            .lossy("-infinity", "0001-01-01 00:00:00", "0001-01-01T00:00:00")
            .lossy("4714-11-24 00:00:00 BC", "0001-01-01 00:00:00", "0001-01-01T00:00:00")
            .lossy("294276-12-31 23:59:59.999999", STAMP_HIGH, "9999-12-31T23:59:59.999999"),
        TypeCase.of("timestamptz", "timestamptz", "TIMESTAMP")
            .same("0001-01-01 00:00:00+00")
            .same("9999-12-31 23:59:59.999999+00")
            .with("2024-07-01 12:00:00.000001-03:30", "2024-07-01 15:30:00.000001+00")
            .with("1883-01-01 00:00:00 America/St_Johns", "1883-01-01 03:30:52+00")
            // The hour that St. John's has twice, and the one it skips.
            .with("2024-11-03 01:30:00-02:30", "2024-11-03 04:00:00+00")
            .with("2024-11-03 01:30:00-03:30", "2024-11-03 05:00:00+00")
            .with("2024-03-10 02:30:00 America/St_Johns", "2024-03-10 06:00:00+00")
            .same("1969-12-31 23:59:59.999999+00")
            .same("1582-10-10 01:02:03+00")
            .lossy("infinity", STAMP_HIGH + "+00", STAMP_HIGH + "+00")
            .lossy("-infinity", "0001-01-01 00:00:00+00", "0001-01-01 00:00:00+00")
            .lossy("0001-01-01 00:00:00+01", "0001-01-01 00:00:00+00", "0001-01-01 00:00:00+00")
            .lossy("4714-11-24 00:00:00+00 BC", "0001-01-01 00:00:00+00", "0001-01-01 00:00:00+00")
            .lossy("294276-12-31 23:59:59.999999+00", STAMP_HIGH + "+00", STAMP_HIGH + "+00")
            .lossy(STAMP_HIGH + "-01", STAMP_HIGH + "+00", STAMP_HIGH + "+00"),
        TypeCase.of("time", "time", "TIME")
            .same("00:00:00")
            .same("23:59:59.999999")
            .with("12:30:00.5", "12:30:00.5", "12:30:00.500000")
            .lossy("24:00:00", "23:59:59.999999", "23:59:59.999999"),
        TypeCase.of("timetz", "timetz", "STRING")
            .same("00:00:00+15:59")
            .same("12:00:00.5-03:30")
            .same("24:00:00-15:59"),
        TypeCase.of("interval", "interval", "STRING")
            .with("1 year 2 mons -3 days 04:05:06.789", "P1Y2M-3DT4H5M6.789S")
            .with("0", "PT0S")
            .with("-178000000 years", "P-178000000Y")
            .with("178000000 years", "P178000000Y")
            .with("-0.000001 seconds", "PT-0.000001S")
            .with(
                "-178956970 years -8 mons -2147483648 days -2562047788:00:54.775807",
                "P-178956970Y-8M-2147483648DT-2562047788H-54.775807S")
            .with(
                "178956970 years 7 mons 2147483647 days 2562047788:00:54.775806",
                "P178956970Y7M2147483647DT2562047788H54.775806S")
            .same("infinity")
            .same("-infinity"));
  }

  private static List<TypeCase> json() {
    return List.of(
        TypeCase.of("json", "json", "JSON")
            .shown(
                "{\"b\" : [1, 2.50, null, \"x,\\\"y\"], \"a\":1e2}",
                "{\"a\":100.0,\"b\":[1,2.5,null,\"x,\\\"y\"]}")
            .same("null")
            .same("\"\"")
            .same("{}")
            .shown("\"\\u00e9 \\ud83d\\ude00\"", "\"é 😀\"")
            .lossy(
                "{\"n\": 12345678901234567890123}",
                "{\"n\": 1.2345678901234568e+22}",
                "{\"n\":1.2345678901234568e+22}"),
        TypeCase.of("jsonb", "jsonb", "JSON")
            .with("{\"b\":1e3,\"a\":0.1}", "{\"a\": 0.1, \"b\": 1000}", "{\"a\":0.1,\"b\":1000}")
            .same("\"\"")
            .same("-9223372036854775808")
            .same("18446744073709551615")
            .shown(
                "{\"digits\": \"12345678901234567890123\"}",
                "{\"digits\":\"12345678901234567890123\"}")
            .lossy(
                "[0.1234567890123456789, \"0.1234567890123456789\", -18446744073709551616]",
                "[0.12345678901234568, \"0.1234567890123456789\", -1.8446744073709552e+19]",
                "[0.12345678901234568,\"0.1234567890123456789\",-1.8446744073709552e+19]"),
        TypeCase.of("hstore", "hstore", "JSON")
            .with("", "{}")
            .with("a=>1,b=>NULL", "{\"a\": \"1\", \"b\": null}", "{\"a\":\"1\",\"b\":null}"),
        TypeCase.of("vector", "vector", "JSON")
            .shown("[1,2.5,-0.125]", "[1,2.5,-0.125]")
            .shown("[-3.4028235e+38,3.4028235e+38]", "[-3.4028235e+38,3.4028235e+38]"),
        TypeCase.of("halfvec", "halfvec", "JSON").same("[1,2.5]").same("[-65504,65504]"),
        TypeCase.of("sparsevec", "sparsevec", "STRING").same("{1:0.5,3:-2}/5").same("{}/5"));
  }

  private static List<TypeCase> arrays() {
    return List.of(
        TypeCase.of("array", "int[]", "JSON")
            .with("{}", "[]")
            .with("{1,NULL,3}", "[1, null, 3]", "[1,null,3]")
            .with("{{1,2},{3,4}}", "[[1, 2], [3, 4]]", "[[1,2],[3,4]]")
            .with(
                "{{{1},{2}},{{3},{NULL}}}",
                "[[[1], [2]], [[3], [null]]]", "[[[1],[2]],[[3],[null]]]")
            .with("[0:1]={7,8}", "[7, 8]", "[7,8]"),
        TypeCase.of("array", "bigint[]", "JSON")
            .with(
                "{-9223372036854775808,9223372036854775807}",
                "[-9223372036854775808, 9223372036854775807]",
                "[-9223372036854775808,9223372036854775807]"),
        TypeCase.of("array", "numeric[]", "JSON")
            .with("{1.50,NULL,NaN}", "[1.50, null, \"NaN\"]", "[1.5,null,\"NaN\"]")
            .lossy(
                "{0.1,1234567890.12345678901}",
                "[0.1, 1234567890.1234567]",
                "[0.1,1234567890.1234567]"),
        TypeCase.of("array", "boolean[]", "JSON")
            .with("{t,f,NULL}", "[true, false, null]", "[true,false,null]"),
        TypeCase.of("array", "text[]", "JSON")
            .with(
                "{\"\",NULL,\"NULL\",\"a,\\\"b\"}",
                "[\"\", null, \"NULL\", \"a,\\\"b\"]",
                "[\"\",null,\"NULL\",\"a,\\\"b\"]"),
        TypeCase.of("array", "double precision[]", "JSON")
            .with(
                "{0.1,NaN,-Infinity}",
                "[0.1, \"NaN\", \"-Infinity\"]",
                "[0.1,\"NaN\",\"-Infinity\"]"),
        TypeCase.of("array", "timestamptz[]", "JSON")
            .with(
                "{2024-07-01 12:00:00-03:30,infinity}",
                "[\"2024-07-01T15:30:00+00:00\", \"infinity\"]",
                "[\"2024-07-01T15:30:00+00:00\",\"infinity\"]"),
        TypeCase.of("array", "interval[]", "JSON").with("{1 day}", "[\"P1D\"]"),
        TypeCase.of("array", "bytea[]", "JSON").with("{\"\\\\x00ff\"}", "[\"\\\\x00ff\"]"),
        TypeCase.of("array", "money[]", "JSON").with("{1234.5}", "[1234.50]", "[1234.5]"),
        TypeCase.of("array", "oid[]", "JSON").with("{4294967295}", "[4294967295]"),
        TypeCase.of("array", "char(3)[]", "JSON").with("{a}", "[\"a\"]"),
        TypeCase.of("array", "mood[]", "JSON").with("{sad}", "[\"sad\"]"),
        TypeCase.of("array", "jsonb[]", "JSON")
            .with("{\"{\\\"a\\\": 1}\"}", "[{\"a\": 1}]", "[{\"a\":1}]"),
        TypeCase.of("array", "tags", "JSON").with("{a,b}", "[\"a\", \"b\"]", "[\"a\",\"b\"]"),
        TypeCase.of("array", "tags[]", "JSON")
            .with("{\"{a,NULL}\",NULL}", "[[\"a\", null], null]", "[[\"a\",null],null]"),
        TypeCase.of("array", "price[]", "JSON").with("{1.50,NULL}", "[1.50, null]", "[1.5,null]"),
        TypeCase.of("array", "date[]", "JSON")
            .with(
                "{0001-01-01,infinity}",
                "[\"0001-01-01\", \"infinity\"]",
                "[\"0001-01-01\",\"infinity\"]"),
        TypeCase.of("array", "time[]", "JSON").with("{24:00}", "[\"24:00:00\"]"),
        TypeCase.of("array", "uuid[]", "JSON")
            .with(
                "{A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11}",
                "[\"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\"]"),
        TypeCase.of("array", "inet[]", "JSON").with("{::1/64}", "[\"::1/64\"]"),
        TypeCase.of("array", "citext[]", "JSON").with("{MiXed}", "[\"MiXed\"]"),
        TypeCase.of("array", "xml[]", "JSON").with("{<a/>}", "[\"<a/>\"]"),
        TypeCase.of("array", "hstore[]", "JSON")
            .with("{\"a=>1\"}", "[{\"a\": \"1\"}]", "[{\"a\":\"1\"}]"),
        TypeCase.of("array", "int2vector", "JSON").with("1 2", "[1, 2]", "[1,2]"),
        TypeCase.of("array", "vector[]", "JSON")
            .with("{\"[1,2.5]\",NULL}", "[[1, 2.5], null]", "[[1,2.5],null]"),
        TypeCase.of("array", "geometry(Point,4326)[]", "JSON")
            .with("{SRID=4326;POINT(1 2)}", "[\"SRID=4326;POINT(1 2)\"]"),
        TypeCase.of("array", "int4range[]", "JSON")
            .with("{}", "[]")
            .with(
                "{\"[1,5)\",NULL}",
                "[" + range("1", "5", true, false) + ", null]",
                "[" + rangeCell("1", "5", true, false) + ",null]")
            .with(
                "[2:3][0:1]={{\"[1,2)\",\"[3,4)\"},{NULL,\"[5,)\"}}",
                "[[%s, %s], [null, %s]]"
                    .formatted(
                        range("1", "2", true, false),
                        range("3", "4", true, false),
                        range("5", "null", true, false)),
                "[[%s,%s],[null,%s]]"
                    .formatted(
                        rangeCell("1", "2", true, false),
                        rangeCell("3", "4", true, false),
                        rangeCell("5", "null", true, false))),
        TypeCase.of("array", "int4multirange[]", "JSON")
            .with(
                "{\"{[1,2)}\",\"{}\"}",
                "[[" + range("1", "2", true, false) + "], []]",
                "[[" + rangeCell("1", "2", true, false) + "],[]]"));
  }

  private static List<TypeCase> composites() {
    String one = "[{\"a\": 1, \"b\": null, \"c\": null}]";
    return List.of(
        TypeCase.of("composite", "pair", "JSON")
            .with(
                "(1,\"x, y\",1.50)",
                "{\"a\": 1, \"b\": \"x, y\", \"c\": 1.50}",
                "{\"a\":1,\"b\":\"x, y\",\"c\":1.5}")
            .withSql(
                "ROW(NULL, NULL, NULL)",
                "{\"a\": null, \"b\": null, \"c\": null}",
                "{\"a\":null,\"b\":null,\"c\":null}"),
        TypeCase.of("composite", "pair[]", "JSON")
            .withSql("ARRAY[ROW(1, NULL, NULL)::pair]", one, one.replace(" ", "")),
        TypeCase.of("composite", "small_pair", "JSON")
            .with(
                "(1,,)", "{\"a\": 1, \"b\": null, \"c\": null}", "{\"a\":1,\"b\":null,\"c\":null}"),
        TypeCase.of("composite", "\"gap  pair\"", "JSON")
            .withSql(
                "ROW(1.5, 2.5)", "{\"a  b\": 1.5, \"c  d\": 2.50}", "{\"a  b\":1.5,\"c  d\":2.5}"),
        parcels(),
        TypeCase.of("range", "int4range", "JSON")
            .with("[1,5)", range("1", "5", true, false), rangeCell("1", "5", true, false))
            .with(
                "empty",
                "{\"empty\": true, \"lower\": null, \"upper\": null,"
                    + " \"lower_inclusive\": false, \"upper_inclusive\": false}",
                "{\"empty\":true,\"lower\":null,\"lower_inclusive\":false,\"upper\":null,"
                    + "\"upper_inclusive\":false}")
            .with("(,5]", range("null", "6", false, false), rangeCell("null", "6", false, false)),
        TypeCase.of("range", "tstzrange", "JSON")
            .with(
                "[2024-01-01 00:00:00+01,]",
                range("\"2023-12-31T23:00:00+00:00\"", "null", true, false),
                rangeCell("\"2023-12-31T23:00:00+00:00\"", "null", true, false)),
        TypeCase.of("range", "numrange", "JSON")
            .with("(1.50,2]", range("1.50", "2", false, true), rangeCell("1.5", "2", false, true)),
        TypeCase.of("range", "float_span", "JSON")
            .with(
                "[0.5,)", range("0.5", "null", true, false), rangeCell("0.5", "null", true, false)),
        TypeCase.of("range", "cash_span", "JSON")
            .with(
                "[1234.5,)",
                range("1234.50", "null", true, false),
                rangeCell("1234.5", "null", true, false)),
        TypeCase.of("range", "code_span", "JSON")
            .with(
                "[\"a  \",\"b\")",
                range("\"a\"", "\"b\"", true, false),
                rangeCell("\"a\"", "\"b\"", true, false)),
        TypeCase.of("multirange", "cash_spans", "JSON")
            .with(
                "{[1.25,2.75)}",
                "[" + range("1.25", "2.75", true, false) + "]",
                "[" + rangeCell("1.25", "2.75", true, false) + "]"),
        TypeCase.of("multirange", "int4multirange", "JSON")
            .with("{}", "[]")
            .with(
                "{[1,2),[5,7)}",
                "[" + range("1", "2", true, false) + ", " + range("5", "7", true, false) + "]",
                "["
                    + rangeCell("1", "2", true, false)
                    + ","
                    + rangeCell("5", "7", true, false)
                    + "]"));
  }

  /** Everything at once: composites, arrays, ranges and types that only a cast makes right. */
  private static TypeCase parcels() {
    String nulls =
        "{\"code\": null, \"dear\": null, \"feel\": null, \"sizes\": null, \"spans\": null,"
            + " \"valid\": null, \"worth\": null, \"odd \\\"it's\": null, \"inner_pair\": null}";
    return TypeCase.of("composite", "parcel[]", "JSON")
        .withSql(
            "ARRAY[ROW(ROW(1, 'x', NULL), '{{1},{2}}', '$1234.5', NULL,"
                + " '{\"[1,2)\"}', 'a', 2.50, 'sad', 4294967295)::parcel, ROW(NULL, NULL, NULL, NULL,"
                + " NULL, NULL, NULL, NULL, NULL)::parcel, NULL]",
            "[{\"code\": 4294967295, \"dear\": 2.50, \"feel\": \"sad\", \"sizes\": [[1], [2]],"
                + " \"spans\": ["
                + range("1", "2", true, false)
                + "], \"valid\": null, \"worth\": 1234.50,"
                + " \"odd \\\"it's\": \"a\", \"inner_pair\": {\"a\": 1, \"b\": \"x\", \"c\": null}}, "
                + nulls
                + ", null]",
            "[{\"code\":4294967295,\"dear\":2.5,\"feel\":\"sad\","
                + "\"inner_pair\":{\"a\":1,\"b\":\"x\",\"c\":null},\"odd \\\"it's\":\"a\","
                + "\"sizes\":[[1],[2]],\"spans\":["
                + rangeCell("1", "2", true, false)
                + "],\"valid\":null,\"worth\":1234.5},"
                + "{\"code\":null,\"dear\":null,\"feel\":null,\"inner_pair\":null,"
                + "\"odd \\\"it's\":null,\"sizes\":null,\"spans\":null,\"valid\":null,\"worth\":null},null]");
  }

  private static List<TypeCase> places() {
    return List.of(
        TypeCase.of("geometry", "geometry(Point,4326)", "GEOGRAPHY")
            .with("SRID=4326;POINT(-180 -90)", "POINT(-180 -90)")
            .with("SRID=4326;POINT(180 90)", "POINT(180 90)")
            .with("SRID=4326;POINT EMPTY", "POINT EMPTY"),
        TypeCase.of("geometry", "geometry(Point,3857)", "STRING").same("SRID=3857;POINT(1 2)"),
        TypeCase.of("geometry", "geometry", "STRING")
            .same("POINT(1 2)")
            .same("SRID=4326;POINT(1 2)"),
        TypeCase.of("geography", "gis.geography", "GEOGRAPHY")
            .with("SRID=4326;POLYGON((0 0,0 1,1 1,0 0))", "POLYGON((0 0,0 1,1 1,0 0))"),
        TypeCase.of("geography", "gis.geography(Point,4267)", "STRING")
            .same("SRID=4267;POINT(1 2)"));
  }

  private static String range(String lower, String upper, boolean lowerIn, boolean upperIn) {
    return "{\"empty\": false, \"lower\": %s, \"upper\": %s, \"lower_inclusive\": %s, \"upper_inclusive\": %s}"
        .formatted(lower, upper, lowerIn, upperIn);
  }

  /** BigQuery orders members by name. */
  private static String rangeCell(String lower, String upper, boolean lowerIn, boolean upperIn) {
    return "{\"empty\":false,\"lower\":%s,\"lower_inclusive\":%s,\"upper\":%s,\"upper_inclusive\":%s}"
        .formatted(lower, lowerIn, upper, upperIn);
  }

  private static byte[] everyByte() {
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  private static String zeros(String text, int count) {
    return text + "0".repeat(count);
  }
}
