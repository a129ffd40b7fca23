package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.syntax.Expr;
import io.deltaferry.localgcp.bigquery.sql.syntax.Position;
import io.deltaferry.localgcp.bigquery.sql.syntax.TypeName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The names an expression can use: its sources', the select list's where that is allowed, and the
 * outer query's.
 */
final class Scope {
  private final @Nullable Scope outer;
  private final List<Relation> relations = new ArrayList<>();
  private final Map<String, Typed> aliases = new HashMap<>();
  private final Map<String, Typed> merged = new HashMap<>();
  private final List<Relation.Column> star = new ArrayList<>();
  private final Map<String, Queries.Result> queries = new HashMap<>();

  private boolean hiddenFromSubqueries;

  Scope(@Nullable Scope outer) {
    this.outer = outer;
  }

  /** From now on a subquery that uses one of these names is refused, as in a MERGE's clauses. */
  void hideFromSubqueries() {
    hiddenFromSubqueries = true;
  }

  void add(Relation relation, Position position) {
    String alias = relation.alias();
    if (alias != null && relations.stream().anyMatch(r -> alias.equalsIgnoreCase(r.alias()))) {
      throw position.refuse("Duplicate table alias " + alias + " in the same FROM clause");
    }
    relations.add(relation);
    star.addAll(relation.columns());
  }

  /** Leaves a column that can be named out of what {@code *} means. */
  void hide(Relation.Column column) {
    star.remove(column);
  }

  List<Relation> relations() {
    return relations;
  }

  /**
   * A column of JOIN USING: bare, it means both sides', and a {@code *} has it once, before the
   * others of the join.
   *
   * @param place its place among all columns
   */
  void merge(String name, Typed value, int place) {
    merged.put(key(name), value);
    star.subList(place, star.size()).removeIf(column -> column.name().equalsIgnoreCase(name));
    star.add(place, new Relation.Column(name, value.sql(), value.type()));
  }

  @Nullable Typed merged(String name) {
    return merged.get(key(name));
  }

  /** What {@code *} means, so far. */
  List<Relation.Column> star() {
    return star;
  }

  /** A select list's alias, for GROUP BY, HAVING, QUALIFY and ORDER BY. */
  void alias(String name, Typed value) {
    aliases.putIfAbsent(key(name), value);
  }

  /** A query of a WITH clause. */
  void query(String name, Queries.Result result) {
    queries.put(key(name), result);
  }

  Optional<Queries.Result> findQuery(String name) {
    Queries.Result found = queries.get(key(name));
    if (found != null) {
      return Optional.of(found);
    }
    return outer == null ? Optional.empty() : outer.findQuery(name);
  }

  /** What a path means. */
  Typed resolve(Expr.Path path) {
    return find(path.names(), path.position())
        .orElseThrow(
            () -> path.position().refuse("Unrecognized name: " + String.join(".", path.names())));
  }

  /** What a path means, or empty when its first name is unknown. */
  Optional<Typed> find(List<String> names, Position position) {
    Optional<Typed> first = first(names.get(0), position);
    // A column may be called like a source: then S.id means the source's, if it has one.
    if (first.isPresent() && !(names.size() > 1 && hasMember(names))) {
      return Optional.of(fields(first.get(), names.subList(1, names.size()), position));
    }
    for (Relation relation : relations) {
      if (names.get(0).equalsIgnoreCase(relation.alias())) {
        return Optional.of(member(relation, names, position));
      }
    }
    return outer == null ? Optional.empty() : outer.findFromSubquery(names, position);
  }

  private Optional<Typed> findFromSubquery(List<String> names, Position position) {
    Optional<Typed> found = find(names, position);
    if (found.isPresent() && hiddenFromSubqueries) {
      throw position.refuse("Correlated subqueries are not supported in the clauses of a MERGE");
    }
    return found;
  }

  private boolean hasMember(List<String> names) {
    return relations.stream()
        .filter(relation -> names.get(0).equalsIgnoreCase(relation.alias()))
        .flatMap(relation -> relation.columns().stream())
        .anyMatch(column -> column.name().equalsIgnoreCase(names.get(1)));
  }

  private Optional<Typed> first(String name, Position position) {
    Typed known = merged.get(key(name));
    if (known != null) {
      return Optional.of(known);
    }
    List<Relation.Column> found =
        relations.stream()
            .flatMap(relation -> relation.columns().stream())
            .filter(column -> column.name().equalsIgnoreCase(name))
            .toList();
    if (found.size() > 1) {
      throw position.refuse("Column name " + name + " is ambiguous");
    }
    return found.stream()
        .findFirst()
        .map(column -> Typed.of(column.sql(), column.type()))
        .or(() -> Optional.ofNullable(aliases.get(key(name))));
  }

  private static Typed member(Relation relation, List<String> names, Position position) {
    Typed value = relation.value();
    if (names.size() == 1 && value != null) {
      return value;
    }
    String name = names.size() > 1 ? names.get(1) : "";
    for (Relation.Column column : relation.columns()) {
      if (column.name().equalsIgnoreCase(name)) {
        return fields(
            Typed.of(column.sql(), column.type()), names.subList(2, names.size()), position);
      }
    }
    throw position.refuse("Name " + name + " not found inside " + relation.alias());
  }

  static Typed fields(Typed base, List<String> names, Position position) {
    Typed value = base;
    for (String name : names) {
      value = field(value, name, position);
    }
    return value;
  }

  private static Typed field(Typed base, String name, Position position) {
    if (base.type().equals(Types.JSON)) {
      return Typed.of(
          "json_extract(" + base.sql() + ", " + DuckText.literal("$.\"" + name + "\"") + ")",
          Types.JSON);
    }
    if (!(base.type() instanceof TypeName.Struct struct)) {
      throw position.refuse("Cannot access field " + name + " on a value with type " + base.type());
    }
    for (int i = 0; i < struct.members().size(); i++) {
      if (name.equalsIgnoreCase(struct.members().get(i).name())) {
        return Types.member(base.sql(), struct, i);
      }
    }
    throw position.refuse("Field name " + name + " does not exist in " + struct);
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
