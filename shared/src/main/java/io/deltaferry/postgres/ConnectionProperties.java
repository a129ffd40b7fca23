package io.deltaferry.postgres;

import io.deltaferry.table.SourceConfig;
import io.deltaferry.table.SourceEndpoint;
import io.deltaferry.type.HashKey;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * What the driver is told: the URL and its properties.
 *
 * @param url without user and password
 * @param properties hold the password and the key of hashes; never printed
 */
record ConnectionProperties(String url, Properties properties) {
  /** What the driver makes of the part before the question mark. */
  private static final Set<String> ADDRESS = Set.of("PGHOST", "PGPORT", "PGDBNAME");

  /** Settings of the session, sent with the login. */
  private static final String OPTIONS = "options";

  ConnectionProperties {
    Properties copy = new Properties();
    copy.putAll(properties);
    properties = copy;
  }

  @Override
  public Properties properties() {
    Properties copy = new Properties();
    copy.putAll(properties);
    return copy;
  }

  @Override
  public String toString() {
    return "ConnectionProperties[" + url + "]";
  }

  /**
   * The URL's and the table file's properties come first, so that what correctness rests on wins:
   * the driver itself would let those in a URL win.
   */
  static ConnectionProperties of(SourceConfig source, String password, @Nullable HashKey hashKey) {
    Properties properties = new Properties();
    // A dead network must not hold a thread for ever.
    properties.setProperty("connectTimeout", "15");
    properties.setProperty("loginTimeout", "30");
    properties.setProperty("tcpKeepAlive", "true");
    if (source.endpoint() instanceof SourceEndpoint.Jdbc jdbc) {
      properties.putAll(inUrl(jdbc.jdbcUrl()));
    }
    properties.putAll(source.properties());
    properties.setProperty("user", source.user());
    properties.setProperty("ApplicationName", PostgresSource.APPLICATION_NAME);
    // The detail of a message quotes values of rows.
    properties.setProperty("logServerErrorDetail", "false");
    if (!password.isEmpty()) {
      properties.setProperty("password", password);
    }
    if (hashKey != null) {
      properties.merge(OPTIONS, hashKey.options(), (others, own) -> others + " " + own);
    }
    SourceEndpoint endpoint = source.endpoint();
    if (endpoint instanceof SourceEndpoint.AlloyDb alloyDb) {
      properties.setProperty("socketFactory", "com.google.cloud.alloydb.SocketFactory");
      properties.setProperty("alloydbInstanceName", alloyDb.instance());
      properties.setProperty("alloydbEnableIAMAuth", Boolean.toString(source.iamAuth()));
      return new ConnectionProperties("jdbc:postgresql:///" + alloyDb.database(), properties);
    }
    if (endpoint instanceof SourceEndpoint.CloudSql cloudSql) {
      properties.setProperty("socketFactory", "com.google.cloud.sql.postgres.SocketFactory");
      properties.setProperty("cloudSqlInstance", cloudSql.instance());
      properties.setProperty("enableIamAuth", Boolean.toString(source.iamAuth()));
      // Cloud Run gives no CPU between requests, so nothing may refresh in the background.
      properties.setProperty("cloudSqlRefreshStrategy", "lazy");
      return new ConnectionProperties("jdbc:postgresql:///" + cloudSql.database(), properties);
    }
    return new ConnectionProperties(
        ((SourceEndpoint.Jdbc) endpoint).jdbcUrl().replaceFirst("\\?.*", ""), properties);
  }

  /** What stands behind the question mark, decoded as the driver decodes it. */
  private static Properties inUrl(String url) {
    Properties found = new Properties();
    Properties parsed = Driver.parseURL(url, null);
    if (parsed != null) {
      found.putAll(parsed);
      found.keySet().removeAll(ADDRESS);
    }
    return found;
  }
}
