package io.deltaferry.localgcp.bigquery.sql;

import io.deltaferry.localgcp.bigquery.sql.function.DuckMacros;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs scripts on a DuckDB in memory, as the endpoint would. */
final class TestEngine implements AutoCloseable, TableCatalog {
  static final Instant NOW = Instant.parse("2024-03-10T11:12:13.456789Z");

  private final Connection connection;
  private final GoogleSql sql = new GoogleSql(Clock.fixed(NOW, ZoneOffset.UTC));
  private final SqlGate gate;
  private final Map<TableName, CatalogTable> tables = new HashMap<>();
  private final Map<String, String> types = new HashMap<>();
  private final Map<String, String> values = new HashMap<>();
  private final List<String> positional = new ArrayList<>();
  long rowCount;

  /** Without a gate: what the translator itself refuses shows. */
  TestEngine() throws SQLException {
    this((statement, context) -> {});
  }

  TestEngine(SqlGate gate) throws SQLException {
    this.gate = gate;
    connection = DriverManager.getConnection("jdbc:duckdb:");
    execute("SET TimeZone='UTC'");
    DuckMacros.install(connection);
    execute("CREATE SCHEMA \"p.d\"");
    execute("CREATE SCHEMA \"p.c\"");
  }

  @Override
  public java.util.Optional<CatalogTable> find(TableName name) {
    return java.util.Optional.ofNullable(tables.get(name));
  }

  @Override
  public List<CatalogTable> matching(TableName name) {
    throw new UnsupportedOperationException("proven against the whole endpoint");
  }

  void parameter(String name, String type, String value) {
    types.put(name, type);
    values.put(name, value);
  }

  void positional(String value) {
    positional.add(value);
  }

  SqlContext context() {
    return new SqlContext(
        "p", "d", this, types, positional.stream().map(value -> "STRING").toList());
  }

  Translation translate(String statement) {
    return sql.translate(sql.split(statement).get(0), context(), 0);
  }

  /** The rows of the script's last query, each cell as DuckDB writes it, between bars. */
  List<String> run(String script) throws SQLException {
    List<String> rows = List.of();
    int used = 0;
    for (SqlStatement statement : sql.split(script)) {
      gate.check(statement, context());
      Translation translation = sql.translate(statement, context(), used);
      used +=
          (int)
              translation.bindings().stream().filter(Binding.Positional.class::isInstance).count();
      for (String text : translation.statements()) {
        rows = execute(translation, text);
      }
      remember(translation);
    }
    return rows;
  }

  private List<String> execute(Translation translation, String text) throws SQLException {
    try (PreparedStatement prepared = connection.prepareStatement(text)) {
      for (int i = 0; i < translation.bindings().size(); i++) {
        prepared.setString(i + 1, value(translation.bindings().get(i)));
      }
      if (!prepared.execute()) {
        if (translation.kind().isDml()) {
          rowCount = prepared.getUpdateCount();
        }
        return List.of();
      }
      try (ResultSet rows = prepared.getResultSet()) {
        List<String> read = read(rows);
        if (translation.kind() == StatementKind.ASSERT && !read.equals(List.of("true"))) {
          throw new SQLException("ASSERT: " + translation.assertMessage());
        }
        return read;
      }
    } catch (SQLException e) {
      throw new SQLException(EngineErrors.message(e), e);
    }
  }

  private @Nullable String value(Binding binding) {
    if (binding instanceof Binding.Named named) {
      return values.get(named.name());
    }
    if (binding instanceof Binding.Positional place) {
      return positional.get(place.index());
    }
    return String.valueOf(rowCount);
  }

  private static List<String> read(ResultSet rows) throws SQLException {
    List<String> read = new ArrayList<>();
    while (rows.next()) {
      List<String> cells = new ArrayList<>();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        cells.add(String.valueOf(rows.getString(i)));
      }
      read.add(String.join("|", cells));
    }
    return read;
  }

  private void remember(Translation translation) {
    if (translation.definition() instanceof Definition.CreateTable create
        && !(create.ifNotExists() && tables.containsKey(create.name()))) {
      tables.put(
          create.name(),
          new CatalogTable(
              create.name(),
              false,
              create.columns().stream()
                  .map(c -> new CatalogTable.CatalogColumn(c.name(), c.type()))
                  .toList()));
    } else if (translation.definition() instanceof Definition.CreateView create) {
      tables.put(
          create.name(),
          new CatalogTable(
              create.name(),
              true,
              create.columns().stream()
                  .map(c -> new CatalogTable.CatalogColumn(c.name(), c.type()))
                  .toList()));
    } else if (translation.definition() instanceof Definition.DropTable drop) {
      tables.remove(drop.name());
    }
  }

  void execute(String text) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(text);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
