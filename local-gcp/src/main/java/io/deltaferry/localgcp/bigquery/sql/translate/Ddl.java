package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.CatalogTable;
import io.deltaferry.localgcp.bigquery.sql.CatalogTable.CatalogColumn;
import io.deltaferry.localgcp.bigquery.sql.Definition;
import io.deltaferry.localgcp.bigquery.sql.SqlContext;
import io.deltaferry.localgcp.bigquery.sql.TableName;
import io.deltaferry.localgcp.bigquery.sql.syntax.Query;
import io.deltaferry.localgcp.bigquery.sql.syntax.Statement;
import io.deltaferry.localgcp.bigquery.sql.syntax.TypeName;
import io.deltaferry.localgcp.http.GoogleError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes CREATE and DROP. */
final class Ddl {
  /** Texts to run and what the catalog is to learn. */
  record Change(List<String> statements, @Nullable TableName target, Definition definition) {}

  private final Session session;
  private final OptionValues options;
  private final ColumnText columns;

  Ddl(Session session) {
    this.session = session;
    this.options = new OptionValues(session.instant());
    this.columns = new ColumnText(session);
  }

  Change createTable(Statement.CreateTable create) {
    TableName name = session.name(create.target().names(), create.target().position());
    Query query = create.query();
    TableName source = source(create);
    List<String> statements = new ArrayList<>();
    List<Definition.Column> columns =
        new ArrayList<>(create.columns().stream().map(this.columns::definition).toList());
    String head =
        "CREATE " + (create.orReplace() ? "OR REPLACE " : "") + "TABLE " + name.duckName();
    if (source != null) {
      statements.add(
          head + " AS FROM " + source.duckName() + (create.copy() == null ? " LIMIT 0" : ""));
    } else if (query != null) {
      statements.addAll(asSelect(head, query, create, columns));
    } else if (create.columns().isEmpty()) {
      throw create.target().position().refuse("Table must have at least one column");
    } else {
      statements.add(
          head
              + " ("
              + create.columns().stream()
                  .map(this.columns::declared)
                  .collect(Collectors.joining(", "))
              + ")");
    }
    Definition definition =
        new Definition.CreateTable(
            name,
            create.orReplace(),
            create.ifNotExists(),
            columns,
            create.primaryKey(),
            Partitions.of(create.partitionBy(), create.target().position()),
            Partitions.clustering(create.clusterBy(), create.target().position()),
            options.values(create.options()),
            source,
            query != null);
    boolean run = absent(name, create.orReplace(), create.ifNotExists());
    return new Change(run ? statements : List.of(), name, definition);
  }

  private @Nullable TableName source(Statement.CreateTable create) {
    Statement.Target source = create.like() != null ? create.like() : create.copy();
    if (source == null) {
      return null;
    }
    TableName name = session.name(source.names(), source.position());
    session.read(name, source.position());
    return name;
  }

  // With a column list, the query's columns become those, by position.
  private List<String> asSelect(
      String head, Query query, Statement.CreateTable create, List<Definition.Column> columns) {
    Queries.Result result = new Queries(session).write(query, null);
    if (columns.isEmpty()) {
      columns.addAll(output(result));
    }
    if (columns.size() != result.columns().size()) {
      throw create
          .target()
          .position()
          .refuse(
              "The number of columns in the column definition list does not match the number of columns produced by the query");
    }
    TableName name = session.name(create.target().names(), create.target().position());
    List<CatalogColumn> wanted =
        columns.stream().map(c -> new CatalogColumn(c.name(), c.type())).toList();
    Assignments assignments =
        new Assignments(new CatalogTable(name, false, wanted), create.target().position());
    List<String> statements = new ArrayList<>();
    statements.add(head + " AS " + assignments.select(result, wanted));
    // DuckDB takes no constraints with AS.
    if (create.columns().isEmpty()) {
      columns.forEach(column -> statements.addAll(ColumnText.arrayConstraints(name, column)));
    } else {
      create.columns().forEach(column -> statements.addAll(this.columns.constraints(name, column)));
    }
    return statements;
  }

  private static List<Relation.Column> known(Queries.Result result) {
    return result.columns().stream()
        .map(c -> new Relation.Column(c.name(), "", stored(c.type())))
        .toList();
  }

  /** A query's columns as the catalog writes them. */
  static List<Definition.Column> output(Queries.Result result) {
    return result.columns().stream()
        .map(c -> new Definition.Column(c.name(), stored(c.type()).toString(), false, null, null))
        .toList();
  }

  // Only an expression has members without a name.
  private static TypeName stored(TypeName type) {
    if (type instanceof TypeName.Array array) {
      return new TypeName.Array(stored(array.element()));
    }
    if (type instanceof TypeName.Struct struct) {
      return new TypeName.Struct(
          IntStream.range(0, struct.members().size())
              .mapToObj(
                  i ->
                      new TypeName.Member(
                          Types.memberName(struct, i), stored(struct.members().get(i).type())))
              .toList());
    }
    return Types.known(type);
  }

  /** Whether the statement is to run; a table in the way is an error unless replaced or allowed. */
  private boolean absent(TableName name, boolean orReplace, boolean ifNotExists) {
    SqlContext context = session.context();
    Optional<CatalogTable> existing = context.catalog().find(name);
    if (existing.isEmpty() || orReplace) {
      return true;
    }
    if (!ifNotExists) {
      throw new GoogleError(409, "duplicate", "Already Exists: Table " + name);
    }
    return false;
  }

  Change createView(Statement.CreateView create) {
    TableName name = session.name(create.target().names(), create.target().position());
    Queries.Result result = new Queries(session.lasting()).write(create.query(), null);
    List<Definition.Column> columns = output(result);
    String names = "";
    if (!create.columns().isEmpty()) {
      if (create.columns().size() != columns.size()) {
        throw create
            .target()
            .position()
            .refuse(
                "View has " + create.columns().size() + " columns, its query " + columns.size());
      }
      names =
          create.columns().stream()
              .map(DuckText::identifier)
              .collect(Collectors.joining(", ", " (", ")"));
      columns = renamed(columns, create.columns());
    }
    Definition definition =
        new Definition.CreateView(
            name,
            create.orReplace(),
            create.ifNotExists(),
            create.sql(),
            options.values(create.options()),
            columns);
    String sql =
        "CREATE "
            + (create.orReplace() ? "OR REPLACE " : "")
            + "VIEW "
            + name.duckName()
            + names
            + " AS "
            + Queries.coerced(result, known(result));
    boolean run = absent(name, create.orReplace(), create.ifNotExists());
    return new Change(run ? List.of(sql) : List.of(), name, definition);
  }

  private static List<Definition.Column> renamed(
      List<Definition.Column> columns, List<String> names) {
    List<Definition.Column> renamed = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      renamed.add(new Definition.Column(names.get(i), columns.get(i).type(), false, null, null));
    }
    return renamed;
  }

  Change createSchema(Statement.CreateSchema create) {
    List<String> names = dataset(create.target());
    Definition definition =
        new Definition.CreateSchema(
            names.get(0), names.get(1), create.ifNotExists(), options.values(create.options()));
    String sql = "CREATE SCHEMA " + (create.ifNotExists() ? "IF NOT EXISTS " : "") + schema(names);
    return new Change(List.of(sql), null, definition);
  }

  private List<String> dataset(Statement.Target target) {
    List<String> names = target.names();
    if (names.size() > 2) {
      throw target.position().refuse("Invalid dataset name: " + String.join(".", names));
    }
    return names.size() == 2 ? names : List.of(session.context().project(), names.get(0));
  }

  private static String schema(List<String> names) {
    return DuckText.identifier(String.join(".", names));
  }

  Change drop(Statement.Drop drop) {
    if (drop.what().equals("SCHEMA")) {
      List<String> names = dataset(drop.target());
      String sql =
          "DROP SCHEMA "
              + (drop.ifExists() ? "IF EXISTS " : "")
              + schema(names)
              + (drop.cascade() ? " CASCADE" : "");
      return new Change(
          List.of(sql),
          null,
          new Definition.DropSchema(names.get(0), names.get(1), drop.ifExists(), drop.cascade()));
    }
    TableName name = session.name(drop.target().names(), drop.target().position());
    boolean view = drop.what().equals("VIEW");
    Definition definition = new Definition.DropTable(name, view, drop.ifExists());
    Optional<CatalogTable> table = session.context().catalog().find(name);
    if (table.isEmpty()) {
      if (drop.ifExists()) {
        return new Change(List.of(), name, definition);
      }
      session.find(name, drop.target().position());
    }
    if (table.isPresent() && table.get().view() != view) {
      throw drop.target()
          .position()
          .refuse(
              "Cannot drop "
                  + name
                  + " which has type "
                  + (view ? "TABLE" : "VIEW")
                  + " with DROP "
                  + drop.what());
    }
    return new Change(List.of("DROP " + drop.what() + " " + name.duckName()), name, definition);
  }
}
