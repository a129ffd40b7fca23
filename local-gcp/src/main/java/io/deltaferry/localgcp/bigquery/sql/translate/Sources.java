package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.CatalogTable;
import io.deltaferry.localgcp.bigquery.sql.TableName;
import io.deltaferry.localgcp.bigquery.sql.syntax.Expr;
import io.deltaferry.localgcp.bigquery.sql.syntax.Position;
import io.deltaferry.localgcp.bigquery.sql.syntax.Query;
import io.deltaferry.localgcp.bigquery.sql.syntax.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes FROM clauses and fills the scope with what stands there. */
final class Sources {

  private final Session session;
  private final Scope scope;
  private final @Nullable Scope outer;
  private final List<PartitionFilters.Read> reads = new ArrayList<>();

  /**
   * @param scope is filled
   * @param outer what subqueries in FROM can see
   */
  Sources(Session session, Scope scope, @Nullable Scope outer) {
    this.session = session;
    this.scope = scope;
    this.outer = outer;
  }

  /** The tables that are read. */
  List<PartitionFilters.Read> reads() {
    return reads;
  }

  String write(Query.Source source) {
    if (source instanceof Query.Named named) {
      return named(named);
    } else if (source instanceof Query.Derived derived) {
      return derived(derived);
    } else if (source instanceof Query.Unnest unnest) {
      Typed array = new Expressions(session, scope).write(unnest.array());
      return unnest(array, unnest.alias(), unnest.offset(), unnest.position());
    }
    return join((Query.Join) source);
  }

  private String named(Query.Named named) {
    List<String> names = named.names();
    String alias = named.alias();
    String name = alias != null ? alias : names.get(names.size() - 1);
    Optional<Queries.Result> query =
        names.size() == 1 ? scope.findQuery(names.get(0)) : Optional.empty();
    if (query.isPresent()) {
      String source = DuckText.identifier(names.get(0));
      return rows(source, name, name, query.get(), named.position());
    }
    Optional<Typed> array = names.size() > 1 ? array(names, named.position()) : Optional.empty();
    if (array.isPresent()) {
      return unnest(array.get(), name, named.offset(), named.position());
    }
    return table(named, name);
  }

  // `FROM t, t.items`: a path that starts with a source before it.
  private Optional<Typed> array(List<String> names, Position position) {
    boolean known =
        scope.relations().stream().anyMatch(r -> names.get(0).equalsIgnoreCase(r.alias()));
    return known ? scope.find(names, position) : Optional.empty();
  }

  private String table(Query.Named named, String name) {
    if (named.offset() != null) {
      throw named.position().refuse("WITH OFFSET can only be used with array scans");
    }
    TableName table = session.name(named.names(), named.position());
    if (Wildcard.is(table)) {
      return new Wildcard(session, scope).write(table, name, named.position());
    }
    CatalogTable found = session.read(table, named.position());
    Optional<Queries.Result> anew = new ViewOfToday(session).read(found, named.position());
    if (anew.isPresent()) {
      return rows("(" + anew.get().sql() + ")", name, name, anew.get(), named.position());
    }
    reads.add(new PartitionFilters.Read(found, name, named.position()));
    scope.add(Relation.of(name, name, columns(found)), named.position());
    return table.duckName() + " AS " + DuckText.identifier(name);
  }

  static List<Relation.Column> columns(CatalogTable table) {
    return table.columns().stream()
        .map(c -> new Relation.Column(c.name(), "", Types.plain(TypeName.parse(c.type()))))
        .toList();
  }

  private String derived(Query.Derived derived) {
    Queries.Result result = new Queries(session).write(derived.query(), outer);
    String alias = derived.alias();
    String name = alias == null ? session.freshName() : alias;
    return rows("(" + result.sql() + ")", alias, name, result, Position.UNKNOWN);
  }

  /** A query's rows under a name, which the statement has given it or not. */
  private String rows(
      String source,
      @Nullable String alias,
      String name,
      Queries.Result result,
      Position position) {
    String named = source + " AS " + DuckText.identifier(name);
    if (!result.ofValues()) {
      scope.add(Relation.of(alias, name, result.columns()), position);
      return named;
    }
    String value = DuckText.identifier(name) + ".\"v\"";
    scope.add(values(alias, Typed.of(value, result.columns().get(0).type())), position);
    return named + "(\"v\")";
  }

  /** Rows that are one value each: a struct's members are columns. */
  private static Relation values(@Nullable String alias, Typed value) {
    List<Relation.Column> columns = new ArrayList<>();
    if (value.type() instanceof TypeName.Struct struct) {
      for (int i = 0; i < struct.members().size(); i++) {
        Typed member = Types.member(value.sql(), struct, i);
        columns.add(new Relation.Column(Types.memberName(struct, i), member.sql(), member.type()));
      }
    } else {
      columns.add(new Relation.Column(alias == null ? "f0_" : alias, value.sql(), value.type()));
    }
    return new Relation(alias, columns, value);
  }

  private String unnest(
      Typed array, @Nullable String alias, @Nullable String offset, Position position) {
    if (!(array.type() instanceof TypeName.Array of)) {
      throw position.refuse(
          "Values referenced in UNNEST must be arrays. UNNEST contains expression of type "
              + array.type());
    }
    String table = session.freshName();
    Typed value = Typed.of(DuckText.identifier(table) + ".\"v\"", of.element());
    scope.add(values(alias, value), position);
    if (offset != null) {
      String sql = "(" + DuckText.identifier(table) + ".\"o\" - 1)";
      scope.add(
          new Relation(null, List.of(new Relation.Column(offset, sql, Types.INT64)), null),
          position);
    }
    return "unnest("
        + array.sql()
        + ") WITH ORDINALITY AS "
        + DuckText.identifier(table)
        + "(\"v\", \"o\")";
  }

  private String join(Query.Join join) {
    int place = scope.star().size();
    String left = write(join.left());
    int before = scope.relations().size();
    String right = write(join.right());
    boolean array = right.startsWith("unnest(");
    String type = join.type();
    String head = left + " " + (type.equals("CROSS") ? "CROSS" : type) + " JOIN " + right;
    if (!join.using().isEmpty()) {
      for (int i = 0; i < join.using().size(); i++) {
        merge(join.using().get(i), before, type, place + i);
      }
      return head
          + join.using().stream()
              .map(DuckText::identifier)
              .collect(Collectors.joining(", ", " USING (", ")"));
    }
    Expr on = join.on();
    if (on != null) {
      return head + " ON " + new Expressions(session, scope).condition(on, "JOIN ON clause");
    }
    if (type.equals("CROSS")) {
      return head;
    }
    if (!array) {
      throw Position.UNKNOWN.refuse(
          type + " JOIN must have an immediately following ON or USING clause");
    }
    return head + " ON true";
  }

  private void merge(String name, int before, String type, int place) {
    Typed left = side(name, scope.relations().subList(0, before));
    Typed right = side(name, scope.relations().subList(before, scope.relations().size()));
    if (!left.type().equals(right.type())) {
      throw Position.UNKNOWN.unsupported("JOIN USING columns of different types: " + name);
    }
    String sql =
        switch (type) {
          case "RIGHT" -> right.sql();
          case "FULL" -> "coalesce(" + left.sql() + ", " + right.sql() + ")";
          default -> left.sql();
        };
    scope.merge(name, Typed.of(sql, left.type()), place);
  }

  private Typed side(String name, List<Relation> relations) {
    Typed known = scope.merged(name);
    List<Relation.Column> found =
        relations.stream()
            .flatMap(r -> r.columns().stream())
            .filter(c -> c.name().equalsIgnoreCase(name))
            .toList();
    if (known != null && found.size() > 1) {
      return known;
    }
    if (found.size() != 1) {
      throw Position.UNKNOWN.refuse(
          "Column " + name + " in USING clause is not one column of each side of join");
    }
    return Typed.of(found.get(0).sql(), found.get(0).type());
  }
}
