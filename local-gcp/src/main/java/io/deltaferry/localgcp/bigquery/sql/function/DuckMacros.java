package io.deltaferry.localgcp.bigquery.sql.function;

import io.deltaferry.localgcp.bigquery.type.BigQueryInterval;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBLogicalType;
import org.duckdb.DuckDBScalarFunctionBuilder;
import org.jspecify.annotations.Nullable;

/** Gives a DuckDB database the functions that translations use. */
public final class DuckMacros {
  private DuckMacros() {}

  /**
   * Registers functions and macros for all connections to the database; once after each opening.
   * The macros are kept in the file, so views may use them; they are replaced, so a newer version
   * of them wins.
   */
  public static void install(Connection connection) throws SQLException {
    casts(connection);
    times(connection);
    shifts(connection);
    decimals(connection);
    texts(connection);
    try (Statement statement = connection.createStatement()) {
      statement.execute(script());
    }
  }

  private static String script() {
    try (InputStream in = DuckMacros.class.getResourceAsStream("macros.sql")) {
      return new String(
          Objects.requireNonNull(in, "macros.sql").readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void casts(Connection c) throws SQLException {
    unary(c, "gsql_to_int64", String.class, Long.class, TextCasts::int64);
    unary(c, "gsql_to_float64", String.class, Double.class, TextCasts::float64);
    unary(c, "gsql_to_bool", String.class, Boolean.class, TextCasts::bool);
    unary(c, "gsql_float_text", Double.class, String.class, FloatText::of);
    unary(
        c,
        "gsql_interval_text",
        String.class,
        String.class,
        text -> BigQueryInterval.ofDuck(text).text());
    unary(
        c, "gsql_date_of_text", String.class, String.class, text -> TimeText.date(text).toString());
    unary(
        c,
        "gsql_time_of_text",
        String.class,
        String.class,
        text -> TimeText.text(TimeText.time(text)));
    unary(
        c,
        "gsql_datetime_of_text",
        String.class,
        Long.class,
        text -> TimeText.micros(TimeText.datetime(text)));
    binary(
        c,
        "gsql_timestamp_of_text",
        String.class,
        String.class,
        Long.class,
        (String text, String zone) -> TimeText.micros(TimeText.timestamp(text, zone)));
  }

  private static void times(Connection c) throws SQLException {
    unary(c, "gsql_zone", String.class, String.class, TimeText::icuZone);
    binary(
        c,
        "gsql_format_local",
        String.class,
        Long.class,
        String.class,
        (String format, Long micros) -> TimeFormat.write(format, micros, "UTC"));
    variadic(c, "gsql_format_zoned", a -> TimeFormat.write(a[0], Long.parseLong(a[1]), a[2]));
    variadic(c, "gsql_parse_zoned", a -> String.valueOf(TimeParser.micros(a[0], a[1], a[2])));
  }

  private static void shifts(Connection c) throws SQLException {
    binary(
        c,
        "gsql_shift_left",
        Long.class,
        Long.class,
        Long.class,
        (Long bits, Long by) -> offset(by) > 63 ? 0L : bits << by);
    binary(
        c,
        "gsql_shift_right",
        Long.class,
        Long.class,
        Long.class,
        (Long bits, Long by) -> offset(by) > 63 ? 0L : bits >>> by);
  }

  private static long offset(long by) {
    if (by < 0) {
      throw new IllegalArgumentException("Bitwise shift by negative offset.");
    }
    return by;
  }

  private static void decimals(Connection c) throws SQLException {
    unary(
        c,
        "gsql_big_of_text",
        String.class,
        String.class,
        text -> Decimals.scaled(Decimals.bignumeric(text)).toString());
    unary(c, "gsql_big_of_float", Double.class, String.class, Decimals::bigOfFloat);
    unary(
        c,
        "gsql_big_text",
        String.class,
        String.class,
        stored -> Decimals.text(Decimals.unscaled(stored)));
    unary(c, "gsql_big_checked", String.class, String.class, Decimals::bigChecked);
    binary(
        c, "gsql_big_multiply", String.class, String.class, String.class, Decimals::bigMultiplied);
    binary(c, "gsql_big_divide", String.class, String.class, String.class, Decimals::bigDivided);
    binary(
        c,
        "gsql_big_round",
        String.class,
        Long.class,
        String.class,
        (String stored, Long digits) -> Decimals.bigRounded(stored, digits, RoundingMode.HALF_UP));
    binary(
        c,
        "gsql_float_round",
        Double.class,
        Long.class,
        Double.class,
        (Double value, Long digits) -> Decimals.rounded(value, digits, RoundingMode.HALF_UP));
    binary(
        c,
        "gsql_float_trunc",
        Double.class,
        Long.class,
        Double.class,
        (Double value, Long digits) -> Decimals.rounded(value, digits, RoundingMode.DOWN));
    numerics(c);
  }

  private static void numerics(Connection c) throws SQLException {
    Function<String, BigDecimal> read = Decimals::numeric;
    register(c, numeric("gsql_to_numeric", DuckDBColumnType.VARCHAR).withFunction(nullSafe(read)));
    Function<Double, BigDecimal> convert = Decimals::ofFloat;
    register(
        c,
        numeric("gsql_numeric_of_float", DuckDBColumnType.DOUBLE).withFunction(nullSafe(convert)));
    BiFunction<BigDecimal, BigDecimal, BigDecimal> multiply = Decimals::multiplied;
    register(
        c,
        numeric("gsql_numeric_multiply", DuckDBColumnType.DECIMAL, DuckDBColumnType.DECIMAL)
            .withFunction(nullSafe(multiply)));
    BiFunction<BigDecimal, BigDecimal, BigDecimal> divide = Decimals::divided;
    register(
        c,
        numeric("gsql_numeric_divide", DuckDBColumnType.DECIMAL, DuckDBColumnType.DECIMAL)
            .withFunction(nullSafe(divide)));
    digits(
        c, "gsql_numeric_round", (n, digits) -> Decimals.rounded(n, digits, RoundingMode.HALF_UP));
    digits(c, "gsql_numeric_trunc", (n, digits) -> Decimals.rounded(n, digits, RoundingMode.DOWN));
    // Precision and scale in one number, as there are no functions of three different types.
    digits(
        c, "gsql_numeric_limited", (n, limits) -> Decimals.limited(n, limits / 100, limits % 100));
    binary(
        c,
        "gsql_big_limited",
        String.class,
        Long.class,
        String.class,
        (String stored, Long limits) ->
            Decimals.scaled(Decimals.limited(Decimals.unscaled(stored), limits / 100, limits % 100))
                .toString());
  }

  private static void digits(Connection c, String name, BiFunction<BigDecimal, Long, BigDecimal> f)
      throws SQLException {
    register(
        c,
        numeric(name, DuckDBColumnType.DECIMAL, DuckDBColumnType.BIGINT).withFunction(nullSafe(f)));
  }

  // A builder closes the types it is given, so each gets its own.
  private static DuckDBScalarFunctionBuilder numeric(String name, DuckDBColumnType... parameters)
      throws SQLException {
    DuckDBScalarFunctionBuilder builder =
        function(name).withReturnType(DuckDBLogicalType.decimal(38, 9));
    for (DuckDBColumnType parameter : parameters) {
      if (parameter == DuckDBColumnType.DECIMAL) {
        builder.withParameter(DuckDBLogicalType.decimal(38, 9));
      } else {
        builder.withParameter(parameter);
      }
    }
    return builder;
  }

  private static void texts(Connection c) throws SQLException {
    unary(
        c,
        "gsql_raise",
        String.class,
        String.class,
        message -> {
          throw new IllegalArgumentException(message);
        });
    unary(
        c,
        "gsql_reverse",
        String.class,
        String.class,
        text -> new StringBuilder(text).reverse().toString());
    unary(c, "gsql_upper", String.class, String.class, text -> text.toUpperCase(Locale.ROOT));
    unary(c, "gsql_lower", String.class, String.class, text -> text.toLowerCase(Locale.ROOT));
    unary(c, "gsql_json_of_text", String.class, String.class, TextCasts::json);
    unary(c, "gsql_json_string", String.class, String.class, JsonString::quoted);
    unary(c, "gsql_groups", String.class, Integer.class, RegularExpressions::groups);
  }

  // Rows of NULL reach a function all the same; only constants do not.
  private static <A, R> Function<A, @Nullable R> nullSafe(Function<A, R> function) {
    return a -> a == null ? null : function.apply(a);
  }

  private static <A, B, R> BiFunction<A, B, @Nullable R> nullSafe(BiFunction<A, B, R> function) {
    return (a, b) -> a == null || b == null ? null : function.apply(a, b);
  }

  private static DuckDBScalarFunctionBuilder function(String name) throws SQLException {
    return DuckDBFunctions.scalarFunction().withName(name).withNullInNullOut();
  }

  private static void register(Connection connection, DuckDBScalarFunctionBuilder builder)
      throws SQLException {
    try (builder) {
      builder.register(connection);
    }
  }

  private static <A, R> void unary(
      Connection c, String name, Class<A> a, Class<R> result, Function<A, R> function)
      throws SQLException {
    register(
        c, function(name).withParameter(a).withReturnType(result).withFunction(nullSafe(function)));
  }

  private static <A, B, R> void binary(
      Connection c,
      String name,
      Class<A> a,
      Class<B> b,
      Class<R> result,
      BiFunction<A, B, R> function)
      throws SQLException {
    register(
        c,
        function(name)
            .withParameters(a, b)
            .withReturnType(result)
            .withFunction(nullSafe(function)));
  }

  private static void variadic(Connection c, String name, Function<String[], String> function)
      throws SQLException {
    Function<Object[], @Nullable String> texts =
        arguments -> {
          if (Arrays.asList(arguments).contains(null)) {
            return null;
          }
          return function.apply(Arrays.copyOf(arguments, arguments.length, String[].class));
        };
    register(
        c,
        function(name)
            .withVarArgs(DuckDBLogicalType.of(DuckDBColumnType.VARCHAR))
            .withReturnType(String.class)
            .withVarArgsFunction(texts));
  }
}
