package io.deltaferry.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which values each type must be proved with, beside NULL: its smallest and its largest, and those
 * that are neither a number nor a moment. Where it has none, this says why.
 *
 * @param declaration of a column, as in the type table
 * @param literals that stand in the type table
 * @param missing why there is no smallest or no largest value; empty where there are both
 */
public record TypeLimits(String declaration, List<String> literals, String missing) {
  private static final String ANY_LENGTH = "it may be of any length";
  private static final String NO_ORDER = "its values have no order";
  private static final String FLAT = "it is made of points, and compared by its area or length";

  public TypeLimits {
    literals = List.copyOf(literals);
  }

  /** At least one for each target of each type. */
  public static List<TypeLimits> all() {
    return List.of(
        between("smallint", "-32768", "32767"),
        between("integer", "-2147483648", "2147483647"),
        between("bigint", "-9223372036854775808", "9223372036854775807"),
        between("oid", "0", "4294967295"),
        between("xid8", "0", "18446744073709551615"),
        between("numeric(38,9)", "-" + nines(29, 9), nines(29, 9)),
        between("numeric(76,38)", "-" + nines(38, 38), nines(38, 38)),
        between("numeric(77,38)", "-" + nines(39, 38), nines(39, 38)).and("NaN"),
        // What lies beyond, NaN and the infinities are refused, which is proved where losses are.
        between("numeric", "-" + TypeTable.BIGNUMERIC_MIN, TypeTable.BIGNUMERIC_MAX),
        between("real", "-3.4028235e+38", "3.4028235e+38")
            .and("1e-45", "NaN", "Infinity", "-Infinity", "-0"),
        between("double precision", "-1.7976931348623157e+308", "1.7976931348623157e+308")
            .and("5e-324", "NaN", "Infinity", "-Infinity", "-0"),
        between("money", "-92233720368547758.08", "92233720368547758.07"),
        between("boolean", "false", "true"),
        from("text", "", ANY_LENGTH),
        between("varchar(5)", "", "😀".repeat(5)),
        between("char(5)", "", "😀".repeat(5)),
        between("name", "", "n".repeat(63)),
        between("\"char\"", "", "\u007f"),
        from("citext", "", ANY_LENGTH),
        from("ltree", "", ANY_LENGTH),
        without("xml", NO_ORDER),
        between("isbn", "0-00-000000-0", "999999999-9"),
        between("isbn13", "978-0-00-000000-2", "979-999999999-0"),
        between("issn", "0000-0000", "9999-9994"),
        between("issn13", "977-0000-000-00-3", "977-9999-999-99-2"),
        between("ismn", "M-000-00000-1", "M-9999999-9-7"),
        between("ismn13", "979-0-000-00000-1", "979-0-9999999-9-7"),
        between("ean13", "000-000000000-0", "999-999999999-4"),
        between("upc", "000000000000", "999999999993"),
        between("mood", "sad", "Über \"happy\""),
        between("uuid", "00000000-0000-0000-0000-000000000000", uuid()),
        between("inet", "0.0.0.0/0", addresses()),
        between("cidr", "0.0.0.0/0", addresses() + "/128"),
        between("macaddr", "00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff"),
        between("macaddr8", "00:00:00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff:ff:ff"),
        between("pg_lsn", "0/0", "FFFFFFFF/FFFFFFFF"),
        from("tsvector", "", ANY_LENGTH),
        from("tsquery", "", ANY_LENGTH),
        without("jsonpath", NO_ORDER),
        between("bit(3)", "000", "111"),
        between("varbit(8)", "", "11111111"),
        without("point", "it has no order; its coordinates are numbers")
            .and("(-1.7976931348623157e+308,1.7976931348623157e+308)", "(-Infinity,NaN)"),
        without("line", NO_ORDER),
        without("lseg", FLAT),
        without("box", FLAT),
        without("path", FLAT),
        without("polygon", FLAT),
        between("circle", "<(0,0),0>", "<(0,0),Infinity>"),
        from("bytea", "", ANY_LENGTH),
        between("date", "4714-11-24 BC", "5874897-12-31")
            .and("0001-01-01", "9999-12-31", "infinity", "-infinity", "0044-03-15 BC"),
        between("timestamp", "4714-11-24 00:00:00 BC", "294276-12-31 23:59:59.999999")
            .and("0001-01-01 00:00:00", "9999-12-31 23:59:59.999999", "infinity", "-infinity"),
        between("timestamptz", "4714-11-24 00:00:00+00 BC", "294276-12-31 23:59:59.999999+00")
            .and("0001-01-01 00:00:00+00", "9999-12-31 23:59:59.999999+00")
            .and("infinity", "-infinity"),
        between("time", "00:00:00", "24:00:00").and("23:59:59.999999"),
        between("timetz", "00:00:00+15:59", "24:00:00-15:59"),
        between(
                "interval",
                "-178956970 years -8 mons -2147483648 days -2562047788:00:54.775807",
                "178956970 years 7 mons 2147483647 days 2562047788:00:54.775806")
            .and("infinity", "-infinity", "0"),
        without("json", NO_ORDER).and("null", "\"\"", "{}"),
        without("jsonb", "a document has no largest one; its integers have")
            .and("-9223372036854775808", "18446744073709551615", "\"\""),
        from("hstore", "", ANY_LENGTH),
        from("vector", "[-3.4028235e+38,3.4028235e+38]", ANY_LENGTH),
        from("halfvec", "[-65504,65504]", ANY_LENGTH),
        from("sparsevec", "{}/5", ANY_LENGTH),
        without("geometry(Point,4326)", NO_ORDER)
            .and("SRID=4326;POINT(-180 -90)", "SRID=4326;POINT(180 90)", "SRID=4326;POINT EMPTY"),
        without("geometry", NO_ORDER),
        without("gis.geography", NO_ORDER),
        without("gis.geography(Point,4267)", NO_ORDER),
        from("int[]", "{}", ANY_LENGTH),
        from("bigint[]", "{-9223372036854775808,9223372036854775807}", ANY_LENGTH),
        without("pair", "its members have"),
        from("int4range", "empty", "one without an upper end is the largest").and("(,5]"),
        from("int4multirange", "{}", ANY_LENGTH));
  }

  private static TypeLimits between(String declaration, String smallest, String largest) {
    return new TypeLimits(declaration, List.of(smallest, largest), "");
  }

  private static TypeLimits from(String declaration, String smallest, String noLargest) {
    return new TypeLimits(declaration, List.of(smallest), noLargest);
  }

  private static TypeLimits without(String declaration, String why) {
    return new TypeLimits(declaration, List.of(), why);
  }

  private TypeLimits and(String... more) {
    List<String> all = new ArrayList<>(literals);
    all.addAll(Arrays.asList(more));
    return new TypeLimits(declaration, all, missing);
  }

  private static String nines(int before, int after) {
    return "9".repeat(before) + "." + "9".repeat(after);
  }

  private static String uuid() {
    return "ffffffff-ffff-ffff-ffff-ffffffffffff";
  }

  private static String addresses() {
    return "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff";
  }
}
