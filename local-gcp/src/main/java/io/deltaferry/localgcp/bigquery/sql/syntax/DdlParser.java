package io.deltaferry.localgcp.bigquery.sql.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads CREATE, DROP and ALTER TABLE. */
final class DdlParser {
  private final Tokens tokens;
  private final ExpressionParser expressions;
  private final SourceParser sources;
  private final ColumnParser columns;

  DdlParser(Tokens tokens) {
    this.tokens = tokens;
    this.expressions = new ExpressionParser(tokens);
    this.sources = new SourceParser(tokens);
    this.columns = new ColumnParser(tokens);
  }

  Statement create() {
    tokens.expect("CREATE");
    boolean orReplace = tokens.accept("OR", "REPLACE");
    Token what = tokens.next();
    return switch (what.text().toUpperCase(Locale.ROOT)) {
      case "TABLE" -> table(orReplace);
      case "VIEW" -> view(orReplace);
      case "SCHEMA" -> schema();
      case "TEMP",
          "TEMPORARY",
          "EXTERNAL",
          "SNAPSHOT",
          "MATERIALIZED",
          "FUNCTION",
          "PROCEDURE",
          "MODEL",
          "INDEX",
          "SEARCH",
          "VECTOR",
          "ROW",
          "AGGREGATE",
          "ASSIGNMENT",
          "CAPACITY",
          "RESERVATION",
          "CONNECTION" ->
          throw what.position().unsupported("CREATE " + what.text().toUpperCase(Locale.ROOT));
      default -> throw what.position().syntaxError("Unexpected " + what.described());
    };
  }

  private boolean ifNotExists() {
    return tokens.accept("IF", "NOT", "EXISTS");
  }

  private Statement table(boolean orReplace) {
    boolean ifNotExists = ifNotExists();
    Statement.Target target = sources.target(false);
    Statement.Target like = tokens.accept("LIKE") ? sources.target(false) : null;
    Statement.Target copy = tokens.accept("COPY") ? sources.target(false) : null;
    ColumnParser.TableElements elements = columns.tableElements();
    Expr partitionBy = tokens.accept("PARTITION", "BY") ? expressions.expression() : null;
    List<Expr> clusterBy =
        tokens.accept("CLUSTER", "BY") ? tokens.separated(expressions::expression) : List.of();
    List<Statement.Option> options = columns.options();
    Query query = tokens.accept("AS") ? new QueryParser(tokens).query() : null;
    return new Statement.CreateTable(
        target,
        orReplace,
        ifNotExists,
        elements.columns(),
        elements.primaryKey(),
        like,
        copy,
        partitionBy,
        clusterBy,
        options,
        query);
  }

  private Statement view(boolean orReplace) {
    boolean ifNotExists = ifNotExists();
    Statement.Target target = sources.target(false);
    List<String> names = tokens.isSymbol("(") ? tokens.parenthesized(this::viewColumn) : List.of();
    List<Statement.Option> options = columns.options();
    tokens.expect("AS");
    Token first = tokens.peek();
    Query query = new QueryParser(tokens).query();
    return new Statement.CreateView(
        target, orReplace, ifNotExists, names, options, query, tokens.textSince(first));
  }

  private String viewColumn() {
    String name = tokens.name();
    columns.options();
    return name;
  }

  private Statement schema() {
    boolean ifNotExists = ifNotExists();
    return new Statement.CreateSchema(sources.target(false), ifNotExists, columns.options());
  }

  Statement drop() {
    tokens.expect("DROP");
    Token what = tokens.next();
    String word = what.text().toUpperCase(Locale.ROOT);
    switch (word) {
      case "TABLE", "VIEW", "SCHEMA" -> {}
      case "EXTERNAL",
          "SNAPSHOT",
          "MATERIALIZED",
          "FUNCTION",
          "PROCEDURE",
          "MODEL",
          "INDEX",
          "ROW",
          "ALL" ->
          throw what.position().unsupported("DROP " + word);
      default -> throw what.position().syntaxError("Unexpected " + what.described());
    }
    boolean ifExists = tokens.accept("IF", "EXISTS");
    Statement.Target target = sources.target(false);
    boolean cascade = tokens.accept("CASCADE");
    if (!cascade) {
      tokens.accept("RESTRICT");
    }
    return new Statement.Drop(word, target, ifExists, cascade);
  }

  Statement alter() {
    tokens.expect("ALTER");
    if (!tokens.accept("TABLE")) {
      throw tokens.position().unsupported("ALTER " + tokens.peek().text());
    }
    boolean ifExists = tokens.accept("IF", "EXISTS");
    Statement.Target target = sources.target(false);
    return new Statement.AlterTable(target, ifExists, tokens.separated(this::action));
  }

  private Statement.AlterAction action() {
    if (tokens.accept("ADD", "COLUMN")) {
      boolean ifNotExists = ifNotExists();
      return new Statement.AddColumn(columns.column(), ifNotExists);
    }
    if (tokens.accept("DROP", "COLUMN")) {
      boolean ifExists = tokens.accept("IF", "EXISTS");
      return new Statement.DropColumn(tokens.name(), ifExists);
    }
    if (tokens.accept("RENAME", "COLUMN")) {
      String name = tokens.name();
      tokens.expect("TO");
      return new Statement.RenameColumn(name, tokens.name());
    }
    if (tokens.accept("RENAME", "TO")) {
      return new Statement.RenameTo(tokens.name());
    }
    if (tokens.accept("ALTER", "COLUMN")) {
      return alterColumn();
    }
    if (tokens.isWord("SET") && tokens.peek(1).isWord("OPTIONS")) {
      tokens.next();
      return new Statement.SetOptions(columns.options());
    }
    throw tokens.position().unsupported("ALTER TABLE .. " + nextWords());
  }

  private Statement.AlterAction alterColumn() {
    boolean ifExists = tokens.accept("IF", "EXISTS");
    Position position = tokens.position();
    String name = tokens.name();
    if (tokens.accept("SET", "DATA", "TYPE")) {
      return new Statement.SetDataType(name, ifExists, new TypeParser(tokens).type(), position);
    }
    if (tokens.accept("DROP", "NOT", "NULL")) {
      return new Statement.DropNotNull(name, ifExists, position);
    }
    throw tokens.position().unsupported("ALTER COLUMN .. " + nextWords());
  }

  private String nextWords() {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < 2 && tokens.peek(i).kind() == Token.Kind.IDENTIFIER; i++) {
      words.add(tokens.peek(i).text().toUpperCase(Locale.ROOT));
    }
    return String.join(" ", words);
  }
}
