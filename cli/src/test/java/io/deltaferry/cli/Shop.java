package io.deltaferry.cli;

import io.deltaferry.cli.demo.DemoPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A small database of a shop's and the table file that names its tables. */
final class Shop implements AutoCloseable {
  private static final String TABLES =
      """
      source:
        url: ${SHOP_DATABASE}
      target:
        project: shop-local
        dataset: target
        staging_dataset: staging
        control_dataset: control
        location: US
      bucket: shop-local-staging
      defaults:
        cursor: changed_at
      tables:
        customers:
          source: shop.customers
          priority: 1
        orders:
          source: shop.orders
          priority: 10
        untouched:
          source: shop.customers
          target: target.untouched
        lost:
          source: shop.no_such_table
        resting:
          source: shop.resting
      """;

  private final DemoPostgres postgres;
  private final Path tables;

  private Shop(DemoPostgres postgres, Path tables) {
    this.postgres = postgres;
    this.tables = tables;
  }

  /** Starts the server and fills the tables: two customers, 1,000 orders. */
  static Shop open(Path directory) {
    try {
      Path tables = Files.writeString(directory.resolve("tables of a shop.yaml"), TABLES);
      Shop shop = new Shop(DemoPostgres.start(directory.resolve("postgres")), tables);
      shop.execute("CREATE SCHEMA shop");
      shop.execute(
          "CREATE TABLE shop.customers (id bigint PRIMARY KEY, name text, changed_at timestamptz)");
      shop.execute(
          "CREATE TABLE shop.orders (id bigint PRIMARY KEY, amount numeric(12, 2),"
              + " changed_at timestamptz)");
      shop.execute("CREATE TABLE shop.resting (id bigint PRIMARY KEY, changed_at timestamptz)");
      shop.execute(
          "INSERT INTO shop.resting SELECT n, now() - interval '1 hour' FROM generate_series(1, 9) n");
      shop.execute("INSERT INTO shop.customers VALUES (1, 'Ann', now()), (2, NULL, now())");
      shop.execute(
          "INSERT INTO shop.orders SELECT n, n / 4.0, now() FROM generate_series(1, 1000) n");
      return shop;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void execute(String sql) {
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  String url() {
    return postgres.url().substring("jdbc:".length());
  }

  Path tables() {
    return tables;
  }

  @Override
  public void close() {
    postgres.close();
  }
}
