package io.deltaferry.postgres;

import io.deltaferry.table.SourceConfig;
import io.deltaferry.table.SourceEndpoint;
import java.util.Properties;

/**
 * What the driver is told: the URL and its properties.
 *
 * @param url without user and password
 * @param properties hold the password; never printed
 */
record ConnectionProperties(String url, Properties properties) {
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

  /** The table file's properties come first, so that what correctness rests on wins. */
  static ConnectionProperties of(SourceConfig source, String password) {
    Properties properties = new Properties();
    // A dead network must not hold a thread for ever.
    properties.setProperty("connectTimeout", "15");
    properties.setProperty("loginTimeout", "30");
    properties.setProperty("tcpKeepAlive", "true");
    properties.putAll(source.properties());
    properties.setProperty("user", source.user());
    properties.setProperty("ApplicationName", PostgresSource.APPLICATION_NAME);
    // The detail of a message quotes values of rows.
    properties.setProperty("logServerErrorDetail", "false");
    if (!password.isEmpty()) {
      properties.setProperty("password", password);
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
    return new ConnectionProperties(((SourceEndpoint.Jdbc) endpoint).jdbcUrl(), properties);
  }
}
