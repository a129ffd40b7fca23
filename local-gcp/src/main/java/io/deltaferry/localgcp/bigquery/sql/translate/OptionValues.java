package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.function.TimeText;
import io.deltaferry.localgcp.bigquery.sql.syntax.Expr;
import io.deltaferry.localgcp.bigquery.sql.syntax.Expr.LiteralType;
import io.deltaferry.localgcp.bigquery.sql.syntax.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Values in OPTIONS(..), which are few enough to be computed here. */
final class OptionValues {
  private static final Set<String> KNOWN =
      Set.of(
          "description",
          "friendly_name",
          "labels",
          "expiration_timestamp",
          "partition_expiration_days",
          "require_partition_filter",
          "location",
          "default_table_expiration_days",
          "default_partition_expiration_days",
          "default_rounding_mode",
          "rounding_mode",
          "max_staleness",
          "storage_billing_model",
          "max_time_travel_hours",
          "is_case_insensitive",
          "kms_key_name");

  private final Instant now;

  OptionValues(Instant now) {
    this.now = now;
  }

  Map<String, Object> values(List<Statement.Option> options) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Statement.Option option : options) {
      String name = option.name().toLowerCase(Locale.ROOT);
      if (!KNOWN.contains(name)) {
        throw option.position().refuse("Unknown option: " + option.name());
      }
      if (!isNull(option.value())) {
        values.put(name, name.equals("labels") ? labels(option) : value(option, option.value()));
      }
    }
    return values;
  }

  static List<String> cleared(List<Statement.Option> options) {
    return options.stream()
        .filter(option -> isNull(option.value()))
        .map(option -> option.name().toLowerCase(Locale.ROOT))
        .toList();
  }

  private static boolean isNull(Expr value) {
    return value instanceof Expr.Literal literal && literal.type() == LiteralType.NULL;
  }

  private Map<String, String> labels(Statement.Option option) {
    Map<String, String> labels = new LinkedHashMap<>();
    if (option.value() instanceof Expr.ArrayOf array) {
      for (Expr element : array.elements()) {
        if (!(element instanceof Expr.StructOf pair) || pair.members().size() != 2) {
          throw option.position().refuse("Invalid value for option labels");
        }
        labels.put(
            value(option, pair.members().get(0).value()).toString(),
            value(option, pair.members().get(1).value()).toString());
      }
      return labels;
    }
    throw option.position().refuse("Invalid value for option labels");
  }

  private Object value(Statement.Option option, Expr expression) {
    if (expression instanceof Expr.Literal literal) {
      return switch (literal.type()) {
        case STRING ->
            option.name().equalsIgnoreCase("expiration_timestamp")
                ? instant(option, literal)
                : literal.value();
        case INT64 -> Literals.int64(literal);
        case FLOAT64 -> Double.valueOf(literal.value());
        case BOOL -> Boolean.valueOf(literal.value());
        case TIMESTAMP -> instant(option, literal);
        case NULL, BYTES, NUMERIC, BIGNUMERIC, DATE, DATETIME, TIME, JSON -> throw invalid(option);
      };
    }
    if (expression instanceof Expr.Call call) {
      return instant(option, call);
    }
    throw invalid(option);
  }

  private static Instant instant(Statement.Option option, Expr.Literal literal) {
    try {
      return TimeText.timestamp(literal.value()).toInstant(ZoneOffset.UTC);
    } catch (IllegalArgumentException e) {
      throw option
          .position()
          .refuse("Invalid value for option " + option.name() + ": not a timestamp");
    }
  }

  // What people write for an expiration: TIMESTAMP_ADD(CURRENT_TIMESTAMP(), INTERVAL 7 DAY).
  private Instant instant(Statement.Option option, Expr.Call call) {
    if (call.name().equals("CURRENT_TIMESTAMP") && call.arguments().isEmpty()) {
      return now;
    }
    boolean add = call.name().equals("TIMESTAMP_ADD");
    if ((add || call.name().equals("TIMESTAMP_SUB"))
        && call.arguments().size() == 2
        && value(option, call.arguments().get(0)) instanceof Instant base
        && call.arguments().get(1) instanceof Expr.Interval interval
        && value(option, interval.amount()) instanceof Long amount) {
      Duration length = length(option, interval.part()).multipliedBy(amount);
      return add ? base.plus(length) : base.minus(length);
    }
    throw invalid(option);
  }

  private static Duration length(Statement.Option option, String part) {
    return switch (part) {
      case "SECOND" -> Duration.ofSeconds(1);
      case "MINUTE" -> Duration.ofMinutes(1);
      case "HOUR" -> Duration.ofHours(1);
      case "DAY" -> Duration.ofDays(1);
      default -> throw invalid(option);
    };
  }

  private static io.deltaferry.localgcp.http.GoogleError invalid(Statement.Option option) {
    return option.position().unsupported("this expression as the value of option " + option.name());
  }
}
