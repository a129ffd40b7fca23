package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.Binding;
import io.deltaferry.localgcp.bigquery.sql.CatalogTable;
import io.deltaferry.localgcp.bigquery.sql.SqlContext;
import io.deltaferry.localgcp.bigquery.sql.TableName;
import io.deltaferry.localgcp.bigquery.sql.function.TimeText;
import io.deltaferry.localgcp.bigquery.sql.syntax.Expr;
import io.deltaferry.localgcp.bigquery.sql.syntax.Position;
import io.deltaferry.localgcp.bigquery.sql.syntax.TypeName;
import io.deltaferry.localgcp.http.GoogleError;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What one statement's translation gathers: bindings, tables read, names made up. */
final class Session {
  private final SqlContext context;
  private final List<Binding> bindings = new ArrayList<>();
  private final Set<TableName> referenced;
  private final Instant now;
  private final boolean lasting;
  private final int positionalBefore;
  private int names;

  /**
   * @param now the statement's start
   * @param positionalBefore how many positional parameters earlier statements used
   */
  Session(SqlContext context, int positionalBefore, Instant now) {
    this(context, positionalBefore, now, false, new LinkedHashSet<>());
  }

  private Session(
      SqlContext context,
      int positionalBefore,
      Instant now,
      boolean lasting,
      Set<TableName> referenced) {
    this.context = context;
    this.positionalBefore = positionalBefore;
    this.now = now.truncatedTo(ChronoUnit.MICROS);
    this.lasting = lasting;
    this.referenced = referenced;
  }

  List<Binding> bindings() {
    return bindings;
  }

  List<TableName> referenced() {
    return List.copyOf(referenced);
  }

  /** What CURRENT_TIMESTAMP is, as DuckDB text. */
  String now() {
    return lasting
        ? "CAST(get_current_timestamp() AS TIMESTAMPTZ)"
        : "TIMESTAMPTZ '" + TimeText.text(LocalDateTime.ofInstant(now, ZoneOffset.UTC)) + "+00'";
  }

  Instant instant() {
    return now;
  }

  /**
   * For text that DuckDB keeps and runs later: a view's query, a column's default. It has no
   * parameters.
   */
  Session lasting() {
    SqlContext bare = SqlContext.of(context.project(), context.defaultDataset(), context.catalog());
    return new Session(bare, 0, now, true, referenced);
  }

  /** Whether the text is kept, so that what it reads must not change with time. */
  boolean isLasting() {
    return lasting;
  }

  /**
   * The same statement within the query of a view, which has no parameters.
   *
   * @param dataset of the view
   */
  Session within(String dataset) {
    return new Session(inView(dataset), 0, now, lasting, referenced);
  }

  /** The same, to look at what the query would be; what it reads does not count as read. */
  Session aside(String dataset) {
    return new Session(inView(dataset), 0, now, lasting, new LinkedHashSet<>());
  }

  private SqlContext inView(String dataset) {
    return SqlContext.of(context.project(), dataset, context.catalog());
  }

  /** The tables of a wildcard table, the newest first. */
  List<CatalogTable> matching(TableName name, Position position) {
    List<CatalogTable> tables = context.catalog().matching(name);
    if (tables.isEmpty()) {
      throw position.refuse(name + " does not match any table.");
    }
    tables.forEach(table -> referenced.add(table.name()));
    return tables;
  }

  /** A name no query can have written. */
  String freshName() {
    return "gsql " + ++names;
  }

  Typed parameter(Expr.Parameter parameter) {
    String name = parameter.name();
    String type =
        context
            .namedType(name)
            .orElseThrow(
                () -> parameter.position().refuse("Query parameter '" + name + "' not found"));
    return value(new Binding.Named(name, type), true);
  }

  Typed parameter(Expr.PositionalParameter parameter) {
    int index = positionalBefore + parameter.place();
    List<String> types = context.positional();
    if (index >= types.size()) {
      throw parameter
          .position()
          .refuse(
              "Query parameter number "
                  + (index + 1)
                  + " is not defined ("
                  + types.size()
                  + " were given)");
    }
    return value(new Binding.Positional(index, types.get(index)), true);
  }

  Typed systemVariable(Expr.SystemVariable variable) {
    return switch (variable.name()) {
      case "row_count" -> value(new Binding.RowCount(), false);
      case "project_id" -> Typed.of(DuckText.literal(context.project()), Types.STRING);
      case "time_zone" -> Typed.of("'UTC'", Types.STRING);
      default -> throw variable.position().unsupported("@@" + variable.name());
    };
  }

  private Typed value(Binding binding, boolean parameter) {
    int at = bindings.indexOf(binding);
    if (at < 0) {
      at = bindings.size();
      bindings.add(binding);
    }
    TypeName type = Types.plain(TypeName.parse(binding.type()));
    String text = "CAST($" + (at + 1) + " AS VARCHAR)";
    String sql =
        type instanceof TypeName.Scalar scalar
            ? scalar(text, scalar)
            : fromJson("CAST(" + text + " AS JSON)", type);
    return new Typed(sql, type, null, parameter);
  }

  // Element by element, so that each is read as a parameter of its own type would be.
  private static String fromJson(String json, TypeName type) {
    if (type instanceof TypeName.Array array) {
      String element = fromJson("e", array.element());
      return "list_transform(CAST(" + json + " AS JSON[]), lambda e: " + element + ")";
    }
    if (type instanceof TypeName.Struct struct) {
      return IntStream.range(0, struct.members().size())
          .mapToObj(i -> member(json, Types.memberName(struct, i), struct.members().get(i).type()))
          .collect(Collectors.joining(", ", "struct_pack(", ")"));
    }
    return type.equals(Types.JSON)
        ? json
        : scalar("json_extract_string(" + json + ", '$')", (TypeName.Scalar) type);
  }

  private static String member(String json, String name, TypeName type) {
    String path = DuckText.literal("$.\"" + name + "\"");
    String value = fromJson("json_extract(" + json + ", " + path + ")", type);
    return DuckText.identifier(name) + " := " + value;
  }

  private static String scalar(String text, TypeName.Scalar type) {
    return switch (type.name()) {
      case "STRING", "GEOGRAPHY" -> text;
      case "BYTES" -> "from_base64(" + text + ")";
      case "JSON" -> "gsql_parse_json(" + text + ")";
      default -> Casts.sql(text, Types.STRING, type);
    };
  }

  /** The full name of a table path. */
  TableName name(List<String> path, Position position) {
    return TablePaths.name(path, position, context);
  }

  /** A table that is read. */
  CatalogTable read(TableName name, Position position) {
    CatalogTable table = find(name, position);
    referenced.add(name);
    return table;
  }

  /** A table that must exist. */
  CatalogTable find(TableName name, Position position) {
    return context.catalog().find(name).orElseThrow(() -> notFound(name, position));
  }

  SqlContext context() {
    return context;
  }

  private static GoogleError notFound(TableName name, Position position) {
    return new GoogleError(
        404, "notFound", "Not found: Table " + name + " was not found at " + position);
  }
}
